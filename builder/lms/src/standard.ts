// What a SCORM version is to the runtime: a table and five functions. Another version is another value of `Standard`.
import type { Rule } from "./log.js";
import type { Profile } from "./profiles.js";

/** What can be wrong with a call; each standard maps these names to its own error numbers. */
export type Problem =
  /** A failure that has no name of its own. */
  | "general"
  | "argument"
  /** Initialise in a session that runs, or that is over. */
  | "running"
  | "over"
  /** A call that came before the session, or after it. */
  | `${"finish" | "get" | "set" | "commit"}-${"before" | "after"}`
  /** The LMS could not begin, save or end. */
  | "not-begun"
  | "not-saved"
  | "not-ended"
  /** The element's name means nothing. */
  | "unknown"
  /** What is asked cannot be given (no such record), or taken (a gap, an id that stands or is taken). */
  | "get-failed"
  | "set-failed"
  | "no-children"
  | "no-count"
  | "not-implemented"
  /** Nothing was ever set. */
  | "unset"
  | "keyword"
  | "read-only"
  | "write-only"
  | "type"
  | "range"
  /** Another element must be set first. */
  | "dependency";

/** Values by element name. */
export type Elements = Readonly<Record<string, string>>;

/** Who may use an element, seen from the SCO. */
export type Access = "read" | "write" | "both";

/** Looks up the value of another element of the same record; "" when it was never set. */
export type Lookup = (element: string) => string;

/** Says whether `value` is of the type. `other` reads an element named with `n` for the same indices. */
export type DataType = (value: string, other: Lookup) => boolean;

export interface Element {
  /**
   * Full name with `n` for each index, for example `cmi.interactions.n.id`; `{target}` stands for a part in braces
   * of the SCO's choosing.
   */
  readonly name: string;
  readonly access: Access;
  readonly type: DataType;
  /** True when every LMS must support it; an LMS may answer "not implemented" to the others. */
  readonly mandatory: boolean;
  /** What is read as long as nothing was set. */
  readonly initial?: string;
  /** Lowest and highest number, where a number outside has an error number of its own. */
  readonly range?: readonly [low: number, high: number];
  /** An element (same indices) that must have a value before this one may be set. */
  readonly needs?: string;
  /** A later value is added behind the earlier one instead of replacing it. */
  readonly grows?: boolean;
  /** Once set, it can be set to nothing else. */
  readonly fixed?: boolean;
  /** No two records of one array have the same value. */
  readonly unique?: boolean;
}

export interface ArrayElement {
  readonly name: string;
  /** The member that must be set first; setting it is what makes a new record. Without it, any member does. */
  readonly first?: string;
  /** As many records as every LMS must keep; `other` as for `DataType`. */
  readonly limit?: (other: Lookup) => number;
}

/** What the LMS knows before the SCO starts. Numbers are as in the manifest; "" where it has none. */
export interface Launch {
  readonly learner: { readonly id: string; readonly name: string };
  readonly mode: "normal" | "review" | "browse";
  readonly credit: "credit" | "no-credit";
  /** SCORM 1.2: 0 to 100. */
  readonly masteryScore: string;
  /** SCORM 2004: -1 to 1. */
  readonly scaledPassingScore: string;
  /** SCORM 2004: 0 to 1. */
  readonly completionThreshold: string;
  readonly launchData: string;
  /** SCORM 2004: the requests for another SCO that the LMS can grant, by element; unknown where it does not say. */
  readonly requests?: Elements;
}

/** How a session's end turned out for the SCO, apart from what is stored. */
export type Ending = "well" | "refused" | "throws";

/** What an LMS does itself at the two ends of a session, and what it thinks of what a SCO does between them. */
export interface SessionRules {
  /** Elements that say something of one session only: the next never sees them. */
  readonly momentary: readonly string[];
  /** The model at the start. What of `record` is not in it is gone. */
  begin(record: Elements, launch: Launch, profile: Profile): Elements;
  /** What the LMS writes when the SCO finishes. */
  end(value: Lookup, launch: Launch, profile: Profile): Elements;
  /** What the SCO hears of its finish, when that was stored. */
  ending(value: Lookup, profile: Profile): Ending;
  /** Whether the SCO told how long it took. */
  timed(value: Lookup): boolean;
  /** The rule of good sense that setting this now would break, given what is stored; the LMS itself allows it. */
  unwise(stored: Elements, launch: Launch, element: string, value: string): Rule | null;
  /** The rule that what is being saved breaks as a whole: values that do not agree. */
  unsound(value: Lookup, launch: Launch): Rule | null;
}

/** The eight calls, under the names they share between versions. */
export type Call =
  | "initialise" | "finish" | "get" | "set" | "commit" | "last-error" | "error-string" | "diagnostic";

export interface Standard {
  readonly version: string;
  readonly family: "1.2" | "2004";
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
  /** Whether an element that was never set has an error number, besides being "". */
  readonly tellsUnset: boolean;
  readonly codes: Readonly<Record<Problem, string>>;
  /** Text of each error number, for the error string function. */
  readonly errors: Readonly<Record<string, string>>;
}
