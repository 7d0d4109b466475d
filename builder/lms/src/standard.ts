// What a SCORM version is to the runtime: a table and four functions. A second version is a second value of `Standard`.
import type { Rule } from "./log.js";

/** What can be wrong with a call; each standard maps these names to its own error numbers. */
export type Problem =
  | "general"
  | "argument"
  | "no-children"
  | "no-count"
  | "not-initialised"
  | "not-implemented"
  | "keyword"
  | "read-only"
  | "write-only"
  | "type";

/** Values by element name. */
export type Elements = Readonly<Record<string, string>>;

/** Who may use an element, seen from the SCO. */
export type Access = "read" | "write" | "both";

/** Looks up the value of another element of the same record; "" when it was never set. */
export type Lookup = (element: string) => string;

/** Says whether `value` is of the type. `other` reads an element named with `n` for the same indices. */
export type DataType = (value: string, other: Lookup) => boolean;

export interface Element {
  /** Full name with `n` for each index, for example `cmi.interactions.n.id`. */
  readonly name: string;
  readonly access: Access;
  readonly type: DataType;
  /** True when every LMS must support it; an LMS may answer "not implemented" to the others. */
  readonly mandatory: boolean;
  /** An element (same indices) that must have a value before this one may be set. */
  readonly needs?: string;
  /** A later value is added behind the earlier one instead of replacing it. */
  readonly grows?: boolean;
}

export interface ArrayElement {
  readonly name: string;
  /** The member that must be set first; setting it is what makes a new record. */
  readonly first: string;
}

/** What the LMS knows before the SCO starts. */
export interface Launch {
  readonly learner: { readonly id: string; readonly name: string };
  readonly mode: "normal" | "review" | "browse";
  readonly credit: "credit" | "no-credit";
  /** 0 to 100, from the manifest; "" when it has none. */
  readonly masteryScore: string;
  readonly launchData: string;
}

/** What an LMS does itself at the two ends of a session, and what it thinks of what a SCO does between them. */
export interface SessionRules {
  /** The model at the start. `suspendedOnly`: only a suspended session gets its own state back. */
  begin(record: Elements, launch: Launch, suspendedOnly: boolean): Elements;
  /** What the LMS writes when the SCO finishes. */
  end(value: Lookup, launch: Launch): Elements;
  /** Whether the SCO told how long it took. */
  timed(value: Lookup): boolean;
  /** The rule of good sense that setting this now would break, given what is stored; the LMS itself allows it. */
  unwise(stored: Elements, launch: Launch, element: string, value: string): Rule | null;
}

/** The eight calls, under the names they share between versions. */
export type Call =
  | "initialise" | "finish" | "get" | "set" | "commit" | "last-error" | "error-string" | "diagnostic";

export interface Standard {
  readonly version: string;
  /** The name of the object a SCO looks for. */
  readonly object: string;
  readonly calls: Readonly<Record<Call, string>>;
  readonly session: SessionRules;
  readonly elements: readonly Element[];
  /** Elements that answer `_children`. */
  readonly groups: readonly string[];
  /** Elements that answer `_count`. */
  readonly arrays: readonly ArrayElement[];
  /** Keyword elements with a fixed value. */
  readonly keywords: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<Problem, string>>;
  /** Text of each error number, for the error string function. */
  readonly errors: Readonly<Record<string, string>>;
}
