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

/** An array on the way to an element: its name, the index asked, the member after it. */
interface Step {
  readonly array: ArrayElement;
  readonly name: string;
  readonly index: number;
  readonly member: string;
}

/** `cmi.interactions.3.id` → `cmi.interactions.n.id` and [3]; an index has no leading zero. */
function parse(name: string): Name {
  const indices: number[] = [];
  const parts = name.replace(/\{target=[^{}]+\}$/, "{target}").split(".").map((part) => {
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

  /** Whether it holds a value, also an empty one. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): Answer {
    const { generic, indices } = parse(name);
    if (name === "") return wrong("get-failed", "no element was named");
    const fixed = this.#standard.keywords[name];
    if (fixed !== undefined) return { value: fixed };
    const keyword = /^(.*)\.(_children|_count)$/.exec(generic);
    if (keyword) return this.#keyword(keyword[1] ?? "", keyword[2] ?? "", indices);
    const element = this.#elements.get(generic);
    if (!element) return this.#unknown(name);
    if (!this.#supported(element)) return wrong("not-implemented", `this LMS does not have ${name}`);
    if (element.access === "write") return wrong("write-only", `${name} may be set, not read`);
    const missing = this.#beyond(generic, indices);
    if (missing) return wrong("get-failed", missing);
    const value = this.#values.get(name) ?? element.initial;
    if (value === undefined && this.#standard.tellsUnset) return wrong("unset", `${name} was never set`);
    return { value: value ?? "" };
  }

  set(name: string, value: string): Answer {
    const { generic, indices } = parse(name);
    if (name === "") return wrong("set-failed", "no element was named");
    if (/\._(children|count|version)$/.test(generic)) {
      const known = this.get(name);
      return "value" in known ? wrong("keyword", `${name} is a keyword`) : known;
    }
    const element = this.#elements.get(generic);
    if (!element) return this.#unknown(name);
    if (!this.#supported(element)) return wrong("not-implemented", `this LMS does not have ${name}`);
    if (element.access === "read") return wrong("read-only", `${name} may be read, not set`);
    const whole = element.grows ? this.peek(name) + value : value;
    const refusal = this.#gap(generic, indices) ?? this.#unfit(element, name, indices, whole);
    if (refusal) return refusal;
    this.#values.set(name, whole);
    return { value: "true" };
  }

  /** Why an element may not have this value, if so. */
  #unfit(element: Element, name: string, indices: readonly number[], value: string): Answer | null {
    const other = (asked: string): string => this.peek(fill(asked, indices));
    if (element.needs && other(element.needs) === "") {
      return wrong("dependency", `set ${fill(element.needs, indices)} before ${name}`);
    }
    const told = `${JSON.stringify(value.slice(0, 60))} (${value.length} characters)`;
    if (!element.type(value, other)) return wrong("type", `${name} may not be ${told}`);
    const [low, high] = element.range ?? [-Infinity, Infinity];
    if (element.range && (Number(value) < low || Number(value) > high)) {
      return wrong("range", `${name} must be from ${low} to ${high}, not ${told}`);
    }
    const held = this.#values.get(name);
    if (element.fixed && held !== undefined && held !== value) {
      return wrong("set-failed", `${name} is ${JSON.stringify(held)} and stays so`);
    }
    const siblings = element.unique ? this.#siblings(element.name, indices) : [];
    const twin = siblings.find((each) => each !== name && this.peek(each) === value);
    return twin ? wrong("set-failed", `${twin} is ${told} already`) : null;
  }

  /** The same element in every record of its innermost array. */
  #siblings(generic: string, indices: readonly number[]): string[] {
    const [step] = this.#steps(generic, indices).reverse();
    if (!step) return [];
    return Array.from({ length: this.#count(step.name) }, (_, index) => `${step.name}.${index}.${step.member}`);
  }

  #unknown(name: string): Answer {
    return wrong("unknown", `${name} is not in SCORM ${this.#standard.version}`);
  }

  #keyword(generic: string, keyword: string, indices: readonly number[]): Answer {
    const below = [...this.#elements.values()].filter((element) => element.name.startsWith(`${generic}.`));
    const itself = this.#elements.has(generic);
    const name = fill(generic, indices);
    if (below.length === 0 && !itself) return this.#unknown(name);
    if (keyword === "_count" && !this.#array(generic)) return wrong("no-count", `${name} is not an array`);
    if (keyword === "_children" && !this.#standard.groups.includes(generic)) {
      return wrong("no-children", `${name} has no children`);
    }
    const supported = below.filter(this.#supported);
    if (supported.length === 0) return wrong("not-implemented", `this LMS does not have ${name}`);
    const missing = this.#beyond(generic, indices);
    if (missing) return wrong("get-failed", missing);
    if (keyword === "_count") return { value: String(this.#count(name)) };
    const under = this.#array(generic) ? `${generic}.n.` : `${generic}.`;
    const children = supported.map((element) => element.name.slice(under.length).split(".")[0] ?? "");
    return { value: [...new Set(children)].join(",") };
  }

  #array(generic: string): ArrayElement | undefined {
    return this.#standard.arrays.find((array) => array.name === generic);
  }

  #count(name: string): number {
    const first = this.#array(parse(name).generic)?.first;
    const names = first === undefined ? [...this.#values.keys()] : [];
    const has = (record: string): boolean =>
      first === undefined ? names.some((each) => each.startsWith(`${record}.`)) : this.#values.has(`${record}.${first}`);
    let count = 0;
    while (has(`${name}.${count}`)) count += 1;
    return count;
  }

  #steps(generic: string, indices: readonly number[]): Step[] {
    const parts = generic.split(".");
    return parts
      .flatMap((part, place) => (part === "n" ? [place] : []))
      .map((place, nth) => {
        const above = parts.slice(0, place).join(".");
        return {
          array: this.#array(above) ?? { name: above },
          name: fill(above, indices),
          index: indices[nth] ?? 0,
          member: parts.slice(place + 1).join("."),
        };
      });
  }

  /** Why an indexed element cannot be read, or "". */
  #beyond(generic: string, indices: readonly number[]): string {
    const step = this.#steps(generic, indices).find(({ name, index }) => index >= this.#count(name));
    return step ? `${step.name} has ${this.#count(step.name)} records; ${step.index} is none of them` : "";
  }

  /** Why an indexed element cannot be written: a gap, too many, or a new record that does not begin with its first member. */
  #gap(generic: string, indices: readonly number[]): Answer | null {
    for (const { array, name, index, member } of this.#steps(generic, indices)) {
      const count = this.#count(name);
      const { first } = array;
      if (index > count) return wrong("set-failed", `${name} has ${count} records; the next index is ${count}, not ${index}`);
      if (index < count) continue;
      if (first !== undefined && member !== first) {
        return wrong("dependency", `set ${name}.${index}.${first} before ${name}.${index}.${member}`);
      }
      const limit = array.limit?.((asked) => this.peek(fill(asked, indices))) ?? Infinity;
      if (index >= limit) return wrong("set-failed", `an LMS need not keep more than ${limit} records of ${name}`);
    }
    return null;
  }
}
