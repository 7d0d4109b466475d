// The values of one attempt, kept by the rules of a standard's table. Knows nothing of sessions or servers.
import type { ArrayElement, Element, Elements, Problem, Standard } from "./standard.js";

/** An answer of the model: a value, or what was wrong and, in words for a developer, why. */
export type Answer =
  | { readonly value: string }
  | { readonly problem: Problem; readonly why: string };

const wrong = (problem: Problem, why: string): Answer => ({ problem, why });

interface Name {
  readonly generic: string;
  readonly indices: readonly number[];
}

/** `cmi.interactions.3.id` → `cmi.interactions.n.id` and [3]; an index has no leading zero. */
function parse(name: string): Name {
  const indices: number[] = [];
  const parts = name.split(".").map((part) => {
    if (!/^(0|[1-9]\d*)$/.test(part)) return part;
    indices.push(Number(part));
    return "n";
  });
  return { generic: parts.join("."), indices };
}

/** Puts indices back in a generic name, as many as it has places for. */
function fill(generic: string, indices: readonly number[]): string {
  let next = 0;
  return generic.split(".").map((part) => (part === "n" ? String(indices[next++] ?? "n") : part)).join(".");
}

export class Model {
  readonly #standard: Standard;
  readonly #elements: ReadonlyMap<string, Element>;
  readonly #supported: (element: Element) => boolean;
  readonly #values: Map<string, string>;

  /** `supported` says which elements this LMS has; `values` is what it holds at the start. */
  constructor(standard: Standard, supported: (element: Element) => boolean, values: Elements) {
    this.#standard = standard;
    this.#elements = new Map(standard.elements.map((element) => [element.name, element]));
    this.#supported = supported;
    this.#values = new Map(Object.entries(values));
  }

  /** Every value held that a SCO may write, by element name. */
  written(): Record<string, string> {
    return Object.fromEntries(
      [...this.#values].filter(([name]) => (this.#elements.get(parse(name).generic)?.access ?? "read") !== "read"),
    );
  }

  /** The LMS's own look at a value, whatever the SCO may read; "" when there is none. */
  peek(name: string): string {
    return this.#values.get(name) ?? "";
  }

  get(name: string): Answer {
    const { generic, indices } = parse(name);
    const fixed = this.#standard.keywords[name];
    if (fixed !== undefined) return { value: fixed };
    const keyword = /^(.*)\.(_children|_count)$/.exec(generic);
    if (keyword) return this.#keyword(keyword[1] ?? "", keyword[2] ?? "", indices);
    const element = this.#elements.get(generic);
    if (!element) return wrong("argument", `${name} is not in SCORM ${this.#standard.version}`);
    if (!this.#supported(element)) return wrong("not-implemented", `this LMS does not have ${name}`);
    if (element.access === "write") return wrong("write-only", `${name} may be set, not read`);
    const missing = this.#beyond(generic, indices);
    if (missing) return wrong("argument", missing);
    return { value: this.peek(name) };
  }

  set(name: string, value: string): Answer {
    const { generic, indices } = parse(name);
    if (/\._(children|count|version)$/.test(generic)) {
      const known = this.get(name);
      return "value" in known ? wrong("keyword", `${name} is a keyword`) : known;
    }
    const element = this.#elements.get(generic);
    if (!element) return wrong("argument", `${name} is not in SCORM ${this.#standard.version}`);
    if (!this.#supported(element)) return wrong("not-implemented", `this LMS does not have ${name}`);
    if (element.access === "read") return wrong("read-only", `${name} may be read, not set`);
    const gap = this.#gap(generic, indices);
    if (gap) return wrong("argument", gap);
    const needed = element.needs && fill(element.needs, indices);
    if (needed && this.peek(needed) === "") return wrong("argument", `set ${needed} before ${name}`);
    const whole = element.grows ? this.peek(name) + value : value;
    if (!element.type(whole, (other) => this.peek(fill(other, indices)))) {
      return wrong("type", `${name} may not be ${JSON.stringify(value.slice(0, 60))} (${whole.length} characters)`);
    }
    this.#values.set(name, whole);
    return { value: "true" };
  }

  #keyword(generic: string, keyword: string, indices: readonly number[]): Answer {
    const below = [...this.#elements.values()].filter((element) => element.name.startsWith(`${generic}.`));
    const itself = this.#elements.has(generic);
    const name = fill(generic, indices);
    if (below.length === 0 && !itself) return wrong("argument", `${name} is not in SCORM ${this.#standard.version}`);
    const supported = below.filter(this.#supported);
    if (keyword === "_count") {
      if (!this.#array(generic)) return wrong("no-count", `${name} is not an array`);
      if (supported.length === 0) return wrong("not-implemented", `this LMS does not have ${name}`);
      const missing = this.#beyond(generic, indices);
      return missing ? wrong("argument", missing) : { value: String(this.#count(name)) };
    }
    if (!this.#standard.groups.includes(generic)) return wrong("no-children", `${name} has no children`);
    if (supported.length === 0) return wrong("not-implemented", `this LMS does not have ${name}`);
    const missing = this.#beyond(generic, indices);
    if (missing) return wrong("argument", missing);
    const under = this.#array(generic) ? `${generic}.n.` : `${generic}.`;
    const children = supported.map((element) => element.name.slice(under.length).split(".")[0] ?? "");
    return { value: [...new Set(children)].join(",") };
  }

  #array(generic: string): ArrayElement | undefined {
    return this.#standard.arrays.find((array) => array.name === generic);
  }

  #count(name: string): number {
    const first = this.#array(parse(name).generic)?.first ?? "";
    let count = 0;
    while (this.#values.has(`${name}.${count}.${first}`)) count += 1;
    return count;
  }

  /** The array records on the way to an element: the array's name, the index asked, the member after it. */
  #steps(generic: string, indices: readonly number[]): { name: string; index: number; member: string }[] {
    const parts = generic.split(".");
    return parts
      .flatMap((part, place) => (part === "n" ? [place] : []))
      .map((place, nth) => ({
        name: fill(parts.slice(0, place).join("."), indices),
        index: indices[nth] ?? 0,
        member: parts.slice(place + 1).join("."),
      }));
  }

  /** Why an indexed element cannot be read, or "". */
  #beyond(generic: string, indices: readonly number[]): string {
    const step = this.#steps(generic, indices).find(({ name, index }) => index >= this.#count(name));
    return step ? `${step.name} has ${this.#count(step.name)} records; ${step.index} is none of them` : "";
  }

  /** Why an indexed element cannot be written: a gap, or a new record that does not begin with its first member. */
  #gap(generic: string, indices: readonly number[]): string {
    for (const { name, index, member } of this.#steps(generic, indices)) {
      const count = this.#count(name);
      const first = this.#array(parse(name).generic)?.first ?? "";
      if (index > count) return `${name} has ${count} records; the next index is ${count}, not ${index}`;
      if (index === count && member !== first) return `set ${name}.${index}.${first} before ${name}.${index}.${member}`;
    }
    return "";
  }
}
