/** Elements in code: no framework, no innerHTML, no style attributes. */

export type Child = Node | string | null | false | undefined | readonly Child[];
type Prop = string | number | boolean | null | undefined | ((event: never) => void);

/** An element with attributes (a boolean sets or leaves out, a function listens) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Record<string, Prop> | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

function add(parent: Node, child: Child): void {
  if (Array.isArray(child)) child.forEach((each) => add(parent, each));
  else if (child || child === "") parent.appendChild(typeof child === "string" ? document.createTextNode(child) : (child as Node));
}

/** Prose of the builder: the template `id`, or only its element `child`. Null where it is missing or empty. */
export function prose(id: string | undefined, child?: number): HTMLElement | null {
  const template = id ? document.getElementById(id) : null;
  if (!(template instanceof HTMLTemplateElement)) return null;
  const content = document.importNode(template.content, true);
  const source = child === undefined ? content : content.children[child];
  if (!source?.textContent?.trim() && !source?.querySelector("img,svg")) return null;
  const box = h("div", { class: "owl-prose" });
  box.append(...source.childNodes);
  return box;
}

const SVG = "http://www.w3.org/2000/svg";

/** A decorative drawing: paths by class, coloured by the style sheets. */
export function drawing(viewBox: string, className: string, paths: readonly (readonly [string, string])[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  for (const [name, d] of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const ICONS = {
  tick: "M4.5 12.5l5 5 10-11",
  open: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  busy: "M12 4a8 8 0 1 0 8 8M12 7.5V12l3 2",
  warn: "M12 3.5l9.5 17h-19zM12 10v5M12 17.8v.4",
  eye: "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  next: "M5 12h13M12.5 6l6 6-6 6",
  back: "M19 12H6M11.5 6l-6 6 6 6",
  menu: "M4 7h16M4 12h16M4 17h16",
} as const;

export function icon(name: keyof typeof ICONS): SVGElement {
  const svg = drawing("0 0 24 24", "owl-icon", [["", ICONS[name]]]);
  for (const [key, value] of Object.entries({
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  })) {
    svg.setAttribute(key, value);
  }
  return svg;
}

/** The waterline. */
export function wave(): SVGElement {
  const svg = drawing("0 0 1200 24", "owl-wave", [
    ["", "M0 24V10c130-9 210-9 330 0s220 8 340-1 190-9 300 1 160 7 230 0v14z"],
  ]);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("fill", "currentColor");
  return svg;
}

type Look = "primary-action" | "secondary-action" | "subtle";

export function button(look: Look, onclick: () => void, ...children: Child[]): HTMLButtonElement {
  return h("button", { type: "button", class: `utrecht-button utrecht-button--${look}`, onclick }, ...children);
}

export function heading(level: 1 | 2 | 3, ...children: Child[]): HTMLHeadingElement {
  return h(`h${level}`, { class: `utrecht-heading-${level}`, tabindex: level === 1 && "-1" }, ...children);
}

/** A paragraph of the interface. */
export function para(text: Child, className = ""): HTMLParagraphElement {
  return h("p", { class: `utrecht-paragraph ${className}`.trim() }, text);
}

let counter = 0;
/** An id for a label, a description or a group. */
export function freshId(): string {
  counter += 1;
  return `owl-${counter}`;
}
