/** Elements in code: no framework, no innerHTML, no style attributes. */

type Listener = (event: never) => void;
export type Props = { readonly [name: string]: string | number | boolean | null | undefined | Listener };
export type Child = Node | string | null | false | undefined | Props | readonly Child[];

/**
 * An element. `spec` is its tag (by default div) and its classes of ours: "p.kicker" is `<p class="owl-kicker">`.
 * A child that is a plain object holds attributes: a boolean sets or leaves out, a function listens.
 */
export function h<E extends HTMLElement = HTMLElement>(spec: string, ...children: Child[]): E {
  const [tag, ...names] = spec.split(".");
  const element = document.createElement(tag || "div") as E;
  if (names.length) element.className = names.map((name) => `owl-${name}`).join(" ");
  fill(element, children);
  return element;
}

function fill(element: HTMLElement, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) fill(element, child as readonly Child[]);
    else if (typeof child === "string" || child instanceof Node) element.append(child);
    else if (child) for (const [name, value] of Object.entries(child as Props)) set(element, name, value);
  }
}

function set(element: HTMLElement, name: string, value: Props[string]): void {
  if (typeof value === "function") element.addEventListener(name, value as EventListener);
  else if (value || value === 0 || value === "") element.setAttribute(name, value === true ? "" : String(value));
}

/** The part of the page with this id; it is in `templates/page.html`. */
export function get<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

/** What stands in the template `id`, as a copy; null where there is none. */
function copy(id: string | undefined): DocumentFragment | null {
  const template = id ? document.getElementById(id) : null;
  return template instanceof HTMLTemplateElement ? document.importNode(template.content, true) : null;
}

/** Prose of the builder: the template `id`, or only its element `child`. Null where it is missing or empty. */
export function prose(id: string | undefined, child?: number): HTMLElement | null {
  const content = copy(id);
  const source = content && child !== undefined ? content.children[child] : content;
  if (!source?.textContent?.trim() && !source?.querySelector("img,svg")) return null;
  return h(".prose", [...source.childNodes]);
}

/** A drawing of `templates/drawings.html`. */
export function icon(name: string): Node {
  return copy(`i-${name}`)!;
}

type Look = "primary-action" | "secondary-action" | "subtle";

export function button(look: Look, click: () => void, ...children: Child[]): HTMLElement {
  return h("button", { type: "button", class: `utrecht-button utrecht-button--${look}`, click }, children);
}

export function heading(level: 1 | 2 | 3, ...children: Child[]): HTMLElement {
  return h(`h${level}`, { class: `utrecht-heading-${level}`, tabindex: level < 2 && -1 }, children);
}

/** A paragraph of the interface. */
export function para(...children: Child[]): HTMLElement {
  return h("p", { class: "utrecht-paragraph" }, children);
}

/** Actions side by side. */
export function actions(...children: Child[]): HTMLElement {
  return h(".actions", children);
}

let counter = 0;
/** An id for a label, a description or a group. */
export function freshId(): string {
  counter += 1;
  return `owl-${counter}`;
}
