/** Copies of the page's templates, in which only what the player alone can know is set: no element is made in code. */

/** The part of the page with this id; it is in `templates/page.html`. */
export function get<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

/** What stands in the template `id`, as a copy. */
export function copy(id: string): DocumentFragment {
  return document.importNode(get<HTMLTemplateElement>(id).content, true);
}

/** The one element in the template `id`, as a copy. */
export function one(id: string): HTMLElement {
  return copy(id).firstElementChild as HTMLElement;
}

/** The first that matches; the builder put it there. */
export function find<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  return root.querySelector<E>(selector)!;
}

export type Parts = Record<string, string | boolean>;

/** Keeps of what is marked `data-part` only what `parts` names; a text becomes its words. */
export function fill(root: ParentNode, parts: Parts): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-part]")) {
    const part = parts[element.dataset.part!];
    if (!part) element.remove();
    else if (part !== true) element.textContent = part;
    element.removeAttribute("data-part"); // settled: who fills what it was put in leaves it alone
  }
}

/** Put another of the page's icons in the place of the one in `root`. */
export function icon(root: ParentNode, name: string): void {
  find(root, "use").setAttribute("href", `#i-${name}`);
}
