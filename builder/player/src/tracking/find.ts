/** Finding an LMS's API object (SCORM 1.2 Run-Time Environment §3.3.6.1, and further than its example). */

const LEVELS = 50;

/**
 * The object called `name` in this window, its parents, or those of the opener of this or the top window;
 * null when there is none. Windows of another origin throw on every touch: they are passed by.
 */
export function find<T>(page: Window, name: string): T | null {
  const openers = [(): unknown => page.opener, (): unknown => page.top?.opener];
  for (const from of [(): unknown => page, ...openers]) {
    const found = climb(safely(from) as Window | null, name);
    if (found) return found as T;
  }
  return null;
}

function climb(start: Window | null, name: string): unknown {
  let page: Window | null = start;
  for (let level = 0; page && level < LEVELS; level++) {
    const at: Window = page;
    const found = safely(() => (at as unknown as Record<string, unknown>)[name]);
    if (found && typeof found === "object") return found;
    const parent = safely(() => at.parent) as Window | null;
    page = parent === at ? null : parent;
  }
  return null;
}

function safely(look: () => unknown): unknown {
  try {
    return look() ?? null;
  } catch {
    return null;
  }
}
