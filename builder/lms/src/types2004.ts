// The data types of SCORM 2004 (Run-Time Environment, §4.1.1 and table 4.2.9.2a), where LMSs differ within what all of
// them accept: identifiers without hyphens, text on one line, numbers of at most five digits before the point.
import type { DataType, Lookup } from "./standard.js";

const whole = (expression: string): DataType => {
  const pattern = new RegExp(`^(?:${expression})$`);
  return (value) => pattern.test(value);
};

const oneOf = (...words: readonly string[]): DataType => (value) => words.includes(value);

const either = (...types: readonly DataType[]): DataType => (value, other) =>
  types.some((type) => type(value, other));

/** Any characters, at most so many: `characterstring (SPM: n)`, and not more than an LMS must take. */
export const string = (limit: number): DataType => (value) => value.length <= limit;

/** The same, and not empty. */
export const place = (limit: number): DataType => (value) => value !== "" && value.length <= limit;

/** A language of two or three letters, or none. */
const LANGUAGE = "(?:[a-zA-Z]{2,3}|i|x)(?:-[a-zA-Z0-9-]{2,8})?";
/** `localized_string_type`: one line, not beginning with a brace; a language before it does not count. */
const localized = (limit: number): string => `(?:\\{lang=${LANGUAGE}\\})?(?!\\{).{0,${limit}}`;

const DECIMAL = "-?[0-9]{1,5}(?:\\.[0-9]{1,18})?";
const SHORT = "[A-Za-z0-9_.]{1,250}";

/** Given by the LMS, never checked. */
export const given: DataType = () => true;
export const decimal = whole(DECIMAL);
export const integer = whole("-?[0-9]+");
export const language = whole(LANGUAGE);
export const localized250 = whole(localized(250));
export const localized4000 = whole(localized(4000));
/** `long_identifier_type`: a URI; as a URN only a well-formed one. */
export const longIdentifier = whole("(?!urn:)[\\x21-\\x7e]{1,4000}|urn:[A-Za-z0-9-]{1,31}:[\\x21-\\x7e]{1,4000}");

/** `timeinterval (second,10,2)`: P[nY][nM][nD][T[nH][nM][n[.nn]S]], with something in it. */
export const duration = whole(
  "P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\\.[0-9]{1,2})?S)?)?",
);

/** `time (second,10,0)`: to the year or as much finer as wanted; a zone only after a fraction of a second. */
export const time = whole(
  "(?:19[7-9][0-9]|20[0-2][0-9]|203[0-8])(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
  + "(?:T(?:[01][0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,2}(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?)?)?)?)?)?)?",
);

export const completion = oneOf("completed", "incomplete", "not attempted", "unknown");
export const success = oneOf("passed", "failed", "unknown");
export const exit = oneOf("time-out", "suspend", "logout", "normal", "");
/** A number has at most four digits before the point here. */
export const result = either(
  oneOf("correct", "incorrect", "unanticipated", "neutral"), whole("-?[0-9]{1,4}(?:\\.[0-9]{1,18})?"),
);

const REQUESTS = ["continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"];
const target = (words: string): DataType => whole(`\\{target=[^\\s{}]{0,200}[A-Za-z0-9]\\}(?:${words})`);
export const request = either(oneOf(...REQUESTS), target("choice|jump"));
/** Without `jump`, which the 4th edition brought. */
export const request3rd = either(oneOf(...REQUESTS), target("choice"));

/** What an answer, or a pattern, is made of: parts between separators, each of a type. */
const listed = (separator: string, most: number, part: DataType, unique = false): DataType => (value, other) => {
  const parts = value.split(separator);
  const distinct = !unique || new Set(parts).size === parts.length;
  return parts.length <= most && distinct && parts.every((each) => part(each, other));
};

const pair = (first: DataType, second: DataType): DataType => (value, other) => {
  const [left = "", right = "", ...more] = value.split("[.]");
  return value.includes("[.]") && more.length === 0 && first(left, other) && second(right, other);
};

const short = whole(SHORT);
const blank = oneOf("");
/** A step has a name, an answer, or both. */
const steps: DataType = listed("[,]", 250, (value, other) =>
  value !== "[.]" && pair(either(blank, short), either(blank, short, decimal))(value, other));

interface Formats {
  readonly response: DataType;
  readonly pattern: DataType;
  /** How many patterns every LMS must keep. */
  readonly patterns: number;
}

const same = (type: DataType, patterns: number): Formats => ({ response: type, pattern: type, patterns });
/** Text in a pattern has no comma and no space round it. */
const plain = (type: DataType): DataType => (value, other) => !/,|^\s|\s$/.test(value) && type(value, other);
const MATTERS = "(?:\\{case_matters=(?:true|false)\\})?(?:\\{order_matters=(?:true|false)\\})?";
const ranged: DataType = (value, other) => {
  const [low = "", high = "", ...more] = value.split("[:]");
  const number = either(blank, decimal);
  return value.includes("[:]") && more.length === 0 && number(low, other) && number(high, other);
};

const INTERACTIONS: Readonly<Record<string, Formats>> = {
  "true-false": same(oneOf("true", "false"), 1),
  choice: same(listed("[,]", 36, short, true), 10),
  "fill-in": {
    response: listed("[,]", 10, localized250),
    pattern: (value, other) => {
      const bare = value.replace(new RegExp(`^${MATTERS}`), "");
      return listed("[,]", 10, (part, at) => part === part.trim() && localized250(part, at), true)(bare, other);
    },
    patterns: 5,
  },
  "long-fill-in": { response: localized4000, pattern: plain(localized4000), patterns: 5 },
  likert: same(short, 1),
  matching: same(listed("[,]", 36, pair(short, short)), 5),
  performance: same(steps, 5),
  sequencing: { response: listed("[,]", 36, short), pattern: listed("[,]", 36, short, true), patterns: 5 },
  numeric: { response: decimal, pattern: either(decimal, ranged), patterns: 1 },
  other: { response: string(4000), pattern: plain(string(4000)), patterns: 1 },
};

export const interactionType = oneOf(...Object.keys(INTERACTIONS));

const formats = (other: Lookup): Formats | undefined => INTERACTIONS[other("cmi.interactions.n.type")];

/** The learner's answer, as the type of its interaction asks. */
export const response: DataType = (value, other) => formats(other)?.response(value, other) ?? false;

/** A correct answer, as the type of its interaction asks. */
export const pattern: DataType = (value, other) => formats(other)?.pattern(value, other) ?? false;

/** How many correct answers an LMS must keep of this interaction. */
export const patterns = (other: Lookup): number => formats(other)?.patterns ?? Infinity;
