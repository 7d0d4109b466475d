// Faults on command. Each has a name and combines with the others; counters live as long as the launch.

export type Fault =
  /** Every save takes this long; the SCO waits, as it does for a slow server. */
  | { readonly name: "slow"; readonly ms: number }
  /** Setting these elements (or anything below them) answers false, error 101. */
  | { readonly name: "refuse-set"; readonly elements: readonly string[] }
  /** Saves fail honestly: false, error 101. `times` limits it to the first so many. */
  | { readonly name: "fail-commit"; readonly times?: number }
  /** Saves say true and store nothing. */
  | { readonly name: "lie-commit"; readonly times?: number }
  /** After this many calls the session is gone: every save false, nothing stored. */
  | { readonly name: "session-lost"; readonly after: number }
  /** The LMS's server cannot be reached, and the LMS says true all the same. */
  | { readonly name: "network-cut" }
  /** Suspend data comes back cut to this many characters. */
  | { readonly name: "truncate"; readonly length: number }
  /** These calls throw. */
  | { readonly name: "throws"; readonly calls: readonly string[]; readonly times?: number };

export type FaultName = Fault["name"];

/** What becomes of a save: `true` and `false` are what the SCO hears, nothing is stored. */
export interface Unsaved {
  readonly fault: FaultName;
  readonly says: boolean;
}

export class Faults {
  #faults: readonly Fault[];
  readonly #used = new Map<FaultName, number>();
  #calls = 0;

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  /** Replaces the faults from now on; counting starts again. */
  replace(faults: readonly Fault[]): void {
    this.#faults = faults;
    this.#used.clear();
    this.#calls = 0;
  }

  /** Counts a call and says whether it must throw. */
  calling(call: string): boolean {
    this.#calls += 1;
    const fault = this.#find("throws");
    return fault !== undefined && fault.calls.includes(call) && this.#spend("throws", fault.times);
  }

  refuses(element: string): boolean {
    const fault = this.#find("refuse-set");
    return fault?.elements.some((name) => element === name || element.startsWith(`${name}.`)) ?? false;
  }

  /** What is read back of an element, cut if so commanded. */
  read(element: string, value: string): string {
    const fault = this.#find("truncate");
    return fault && element === "cmi.suspend_data" ? value.slice(0, fault.length) : value;
  }

  /** Asked once for each save. */
  saving(): Unsaved | null {
    const lost = this.#find("session-lost");
    if (lost && this.#calls > lost.after) return { fault: "session-lost", says: false };
    if (this.#find("network-cut")) return { fault: "network-cut", says: true };
    const failing = this.#find("fail-commit");
    if (failing && this.#spend("fail-commit", failing.times)) return { fault: "fail-commit", says: false };
    const lying = this.#find("lie-commit");
    if (lying && this.#spend("lie-commit", lying.times)) return { fault: "lie-commit", says: true };
    return null;
  }

  /** Milliseconds the server is to wait before it answers. */
  delay(): number {
    return this.#find("slow")?.ms ?? 0;
  }

  #find<Name extends FaultName>(name: Name): Extract<Fault, { name: Name }> | undefined {
    return this.#faults.find((fault): fault is Extract<Fault, { name: Name }> => fault.name === name);
  }

  #spend(name: FaultName, times: number | undefined): boolean {
    const used = this.#used.get(name) ?? 0;
    this.#used.set(name, used + 1);
    return times === undefined || used < times;
  }
}
