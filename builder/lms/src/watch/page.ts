// What the page knows when it begins, and its words.

/** A text, or one for a single thing and one for any other number of them. */
type Text = string | { readonly one: string; readonly other: string };

export interface Page {
  readonly standard: "scorm12" | "scorm2004" | "scorm2004-3rd" | "cmi5";
  readonly language: string;
  /** Characters that suspend data may have; 0 where there is no bound. */
  readonly room: number;
  readonly units: readonly { readonly key: string; readonly title: string }[];
  readonly words: Readonly<Record<string, Text>>;
  /** By error number. */
  readonly errors: Readonly<Record<string, string>>;
  /** What an element is, by its name with `n` for each index. */
  readonly elements: Readonly<Record<string, string>>;
  /** By rule: the rule itself, and after `-why` why it matters. */
  readonly rules: Readonly<Record<string, string>>;
  /** By rule: where the standard says so. */
  readonly sections: Readonly<Record<string, string>>;
  /** The fields of our own save. */
  readonly save: Readonly<Record<string, string>>;
}

/** The launch as chosen on the page. */
export interface Circumstances {
  readonly unit: string;
  readonly profile: string;
  readonly mode: string;
  readonly via: string;
  readonly learner: { readonly id: string; readonly name: string };
}

export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Fills in a text of the page. A text that is not there is a mistake of ours. */
export function speaker(page: Page): Say {
  const numbers = new Intl.NumberFormat(page.language);
  return (key, values = {}) => {
    const text = page.words[key];
    if (text === undefined) throw new Error(`no text ${key}`);
    const form = typeof text === "string" ? text : values["count"] === 1 ? text.one : text.other;
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}

/** The element of the page with an id, or one within another by its `data-part`. A page of ours has them all. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`nothing is ${id}`);
  return found as Kind;
}

export function part<Kind extends HTMLElement = HTMLElement>(within: ParentNode, name: string): Kind {
  const found = within.querySelector<Kind>(`[data-part="${name}"]`);
  if (!found) throw new Error(`no part ${name}`);
  return found;
}

/** A copy of what stands in a template of the page. */
export function copy(id: string): HTMLElement {
  const first = byId<HTMLTemplateElement>(id).content.firstElementChild;
  if (!(first instanceof HTMLElement)) throw new Error(`nothing in ${id}`);
  return first.cloneNode(true) as HTMLElement;
}
