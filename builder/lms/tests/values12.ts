// What SCORM 1.2 accepts and refuses, element by element (Run-Time Environment, §3.4.4 and §3.4.5).
// Each row: element, accepted values, refused values with their error number ("405" unless said).

export interface Row {
  readonly element: string;
  readonly accepts: readonly string[];
  readonly refuses: readonly string[];
  readonly error?: string;
  /** Set first, in this order. */
  readonly after?: readonly (readonly [string, string])[];
}

const x = (count: number): string => "x".repeat(count);
const SCORE = { accepts: ["0", "100", "85.5", "0.123456789", ""], refuses: ["101", "-1", "200", "85,5", "tien", "1e2", " 5"] };
const TIMESPAN = {
  accepts: ["00:00:00", "00:01:05.1", "0000:01:05.12", "9999:59:59.99", "00:99:99"],
  refuses: ["0:01:05", "00:01:05.123", "00:1:05", "PT1M", "00000:00:00", "01:05", "", "00:01:05."],
};
const IDENTIFIER = {
  accepts: ["a", "scene-1_b.c", x(255), "~!#"],
  refuses: ["", "twee woorden", "é", x(256), "a\tb", "a\n"],
};

const INTERACTION = "cmi.interactions.0";
const ID = [[`${INTERACTION}.id`, "i1"]] as const;
const typed = (type: string) => [...ID, [`${INTERACTION}.type`, type] as const];
const PATTERN = `${INTERACTION}.correct_responses.0.pattern`;
const RESPONSE = `${INTERACTION}.student_response`;

export const ROWS: readonly Row[] = [
  { element: "cmi.core.lesson_location", accepts: ["", "a", x(255), "~\n"], refuses: [x(256), "é", "–"] },
  {
    element: "cmi.core.lesson_status",
    accepts: ["passed", "completed", "failed", "incomplete", "browsed"],
    refuses: ["not attempted", "Completed", "complete", "unknown", "", "passed "],
  },
  { element: "cmi.core.score.raw", ...SCORE },
  { element: "cmi.core.score.min", ...SCORE },
  { element: "cmi.core.score.max", ...SCORE },
  { element: "cmi.core.exit", accepts: ["time-out", "suspend", "logout", ""], refuses: ["normal", "Suspend", "timeout"] },
  { element: "cmi.core.session_time", ...TIMESPAN },
  {
    element: "cmi.suspend_data",
    accepts: ["", x(4096), "\"'<>&=%\n\r\t\\"],
    refuses: [x(4097), "é", "€", "x\u0080", "😀"],
  },
  { element: "cmi.comments", accepts: ["", x(4096)], refuses: [x(4097), "één"] },
  { element: "cmi.student_preference.audio", accepts: ["-1", "0", "100"], refuses: ["-2", "101", "0.5", "", "aan"] },
  { element: "cmi.student_preference.speed", accepts: ["-100", "0", "100"], refuses: ["-101", "101", ""] },
  { element: "cmi.student_preference.text", accepts: ["-1", "0", "1"], refuses: ["2", "-2", ""] },
  { element: "cmi.student_preference.language", accepts: ["nl", "", x(255)], refuses: [x(256), "français"] },
  { element: "cmi.objectives.0.id", ...IDENTIFIER },
  { element: "cmi.objectives.0.score.raw", after: [["cmi.objectives.0.id", "o1"]], ...SCORE },
  {
    element: "cmi.objectives.0.status", after: [["cmi.objectives.0.id", "o1"]],
    accepts: ["passed", "not attempted"], refuses: ["", "done"],
  },
  { element: "cmi.objectives.0.status", accepts: [], refuses: ["passed"], error: "201" },
  { element: "cmi.objectives.1.id", accepts: [], refuses: ["o2"], error: "201" },
  { element: "cmi.objectives.00.id", accepts: [], refuses: ["o1"], error: "201" },

  { element: `${INTERACTION}.id`, ...IDENTIFIER },
  { element: "cmi.interactions.1.id", accepts: [], refuses: ["i2"], error: "201" },
  { element: `${INTERACTION}.type`, accepts: [], refuses: ["choice"], error: "201" },
  {
    element: `${INTERACTION}.type`, after: ID,
    accepts: ["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"],
    refuses: ["other", "long-fill-in", "Choice", ""],
  },
  { element: RESPONSE, after: ID, accepts: [], refuses: ["a"], error: "201" },
  { element: PATTERN, after: ID, accepts: [], refuses: ["a"], error: "201" },
  { element: RESPONSE, after: typed("true-false"), accepts: ["t", "f", "1", "0"], refuses: ["true", "T", "", "2"] },
  {
    element: RESPONSE, after: typed("choice"),
    accepts: ["a", "0", "a,c", "{a,c}", ""], refuses: ["optie-a", "A", "ab", "a, b", "a,", "{a", "10", "é"],
  },
  { element: PATTERN, after: typed("choice"), accepts: ["a", "{a,c}"], refuses: ["ab", "{}"] },
  { element: RESPONSE, after: typed("fill-in"), accepts: ["", x(255), "een antwoord"], refuses: [x(256), "één"] },
  {
    element: RESPONSE, after: typed("matching"),
    accepts: ["1.a", "1.a,2.b", "{1.a,2.b}", ""], refuses: ["1a", "1.a;2.b", "10.a", "1.A"],
  },
  { element: RESPONSE, after: typed("performance"), accepts: ["eerst-vragen", x(255)], refuses: [x(256), "é"] },
  { element: RESPONSE, after: typed("sequencing"), accepts: ["b,a,c", ""], refuses: ["b a c", "ab"] },
  { element: RESPONSE, after: typed("likert"), accepts: ["3", "a", ""], refuses: ["10", "A"] },
  { element: RESPONSE, after: typed("numeric"), accepts: ["-1", "3.14", "12345678"], refuses: ["3,14", "", "een"] },
  {
    element: `${INTERACTION}.correct_responses.1.pattern`, after: typed("choice"),
    accepts: [], refuses: ["a"], error: "201",
  },
  { element: `${INTERACTION}.objectives.0.id`, after: ID, ...IDENTIFIER },
  { element: `${INTERACTION}.objectives.0.id`, accepts: [], refuses: ["o1"], error: "201" },
  {
    element: `${INTERACTION}.time`, after: ID,
    accepts: ["00:00:00", "10:11:12", "23:59:59.99"],
    refuses: ["24:00:00", "10:11", "2026-11-22T10:11:12", "10:60:00", "1:02:03", "10:11:12.123"],
  },
  { element: `${INTERACTION}.weighting`, after: ID, accepts: ["1", "-0.5"], refuses: ["", "zwaar"] },
  {
    element: `${INTERACTION}.result`, after: ID,
    accepts: ["correct", "wrong", "unanticipated", "neutral", "0.5"], refuses: ["incorrect", "", "Correct"],
  },
  { element: `${INTERACTION}.latency`, after: ID, ...TIMESPAN },
  { element: `${INTERACTION}.description`, after: ID, accepts: [], refuses: ["tekst"], error: "201" },

  ...["student_id", "student_name", "credit", "entry", "total_time", "lesson_mode"].map((name): Row => (
    { element: `cmi.core.${name}`, accepts: [], refuses: ["x"], error: "403" }
  )),
  { element: "cmi.launch_data", accepts: [], refuses: ["x"], error: "403" },
  { element: "cmi.comments_from_lms", accepts: [], refuses: ["x"], error: "403" },
  { element: "cmi.student_data.mastery_score", accepts: [], refuses: ["70"], error: "403" },
  { element: "cmi.core._children", accepts: [], refuses: ["x"], error: "402" },
  { element: "cmi.interactions._count", accepts: [], refuses: ["3"], error: "402" },
  { element: "cmi._version", accepts: [], refuses: ["4"], error: "402" },
  { element: "cmi.location", accepts: [], refuses: ["x"], error: "201" },
  { element: "", accepts: [], refuses: ["x"], error: "201" },
];

/** Reading on an LMS that has everything, at a first launch: element, value, error number. */
export const READS: readonly (readonly [string, string, string])[] = [
  ["cmi._version", "3.4", "0"],
  [
    "cmi.core._children",
    "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "0",
  ],
  ["cmi.core.score._children", "raw,min,max", "0"],
  ["cmi.objectives._children", "id,score,status", "0"],
  ["cmi.objectives._count", "0", "0"],
  ["cmi.interactions._children", "id,objectives,time,type,correct_responses,weighting,student_response,result,latency", "0"],
  ["cmi.interactions._count", "0", "0"],
  ["cmi.student_data._children", "mastery_score,max_time_allowed,time_limit_action", "0"],
  ["cmi.student_preference._children", "audio,language,speed,text", "0"],
  ["cmi.core.student_name", "Jansen, An", "0"],
  ["cmi.core.lesson_status", "not attempted", "0"],
  ["cmi.core.entry", "ab-initio", "0"],
  ["cmi.core.credit", "credit", "0"],
  ["cmi.core.lesson_mode", "normal", "0"],
  ["cmi.core.total_time", "0000:00:00.00", "0"],
  ["cmi.core.score.raw", "", "0"],
  ["cmi.suspend_data", "", "0"],
  ["cmi.core.exit", "", "404"],
  ["cmi.core.session_time", "", "404"],
  ["cmi.interactions.0.id", "", "404"],
  ["cmi.objectives.0.id", "", "201"],
  ["cmi.suspend_data._children", "", "202"],
  ["cmi.core._count", "", "203"],
  ["cmi.suspend_data._count", "", "203"],
  ["cmi.completion_status", "", "201"],
  ["cmi.nothing._children", "", "201"],
  ["cmi.objectives.0.score._children", "", "201"],
  ["cmi", "", "201"],
  ["", "", "201"],
];

/** What an LMS with only the mandatory elements answers "not implemented" to. */
export const OPTIONAL: readonly string[] = [
  "cmi.core.lesson_mode", "cmi.core.score.min", "cmi.core.score.max", "cmi.comments", "cmi.comments_from_lms",
  "cmi.objectives._children", "cmi.objectives._count", "cmi.student_data._children", "cmi.student_data.mastery_score",
  "cmi.student_preference._children", "cmi.student_preference.audio", "cmi.interactions._children",
  "cmi.interactions._count",
];
