// What SCORM 2004 accepts and refuses, element by element (Run-Time Environment, chapter 4), within what LMSs share.
// Each row as in values12.ts; an error number is "406" unless said.
import type { Row } from "./values12.js";

const x = (count: number): string => "x".repeat(count);
const many = (count: number, separator = "[,]"): string =>
  Array.from({ length: count }, (_, index) => `a${index}`).join(separator);

const DECIMAL = {
  accepts: ["0", "100", "-100.5", "12345", "0.123456789012345678"],
  refuses: ["", "123456", "85,5", "tien", "1e2", " 5", "+1", ".5", "1.", "0.1234567890123456789"],
};
const DURATION = {
  accepts: ["PT1M", "PT0H0M5.12S", "PT5.1S", "P1Y2M3DT4H5M6S", "P1D", "PT100H", "PT99M"],
  refuses: ["", "P", "PT", "P1DT", "PT5.123S", "PT1.S", "P1W", "00:01:05", "PT5,1S", "-PT1S", "PT1S1M", "PT1.5M"],
};
const TIME = {
  accepts: [
    "2026", "2026-11", "2026-11-22", "2026-11-22T10", "2026-11-22T10:11:12", "2026-11-22T10:11:12.1Z",
    "2026-11-22T10:11:12.00Z", "2026-11-22T10:11:12.12+01:00", "2026-11-22T10:11:12.12-05",
  ],
  refuses: [
    "2026-11-22T10:11:12Z", "2026-11-22T10:11:12+01:00", "2026-11-22T10:11:12.123Z", "2026-11-22T10:11Z", "",
    "2026-13-22", "2026-11-32", "2026-11-22T24:00:00", "2026-11-22 10:11:12", "10:11:12", "1969-01-01", "2039-01-01",
  ],
};
const IDENTIFIER = {
  accepts: ["a", "scene-1_b.c", x(4000), "urn:nl:les-1", "https://leren.example/les#1"],
  refuses: ["", "twee woorden", "é", x(4001), "urn:nl", "urn:te lang:x", "a\n"],
};
const localized = (limit: number): Pick<Row, "accepts" | "refuses"> => ({
  accepts: ["", "één regel 😀", x(limit), `{lang=nl}${x(limit)}`, "{lang=nl-NL}tekst", "{lang=nl}"],
  refuses: [x(limit + 1), "twee\nregels", "twee\rregels", "{tekst", "{lang=}tekst", "{lang=nl}{tekst", "{lang=nederlands}x"],
});
const range = (element: string, low: string, high: string, after: Row["after"] = []): Row[] => [
  { element, after, accepts: [low, "0.5", high], refuses: ["", "half", "0,5"] },
  { element, after, accepts: [], refuses: [`${Number(low) - 0.01}`, `${Number(high) + 1}`], error: "407" },
];
const COMPLETION = {
  accepts: ["completed", "incomplete", "not attempted", "unknown"], refuses: ["", "passed", "Completed", "complete"],
};
const SUCCESS = { accepts: ["passed", "failed", "unknown"], refuses: ["", "completed", "Passed"] };

const OBJECTIVE = [["cmi.objectives.0.id", "o1"]] as const;
const INTERACTION = "cmi.interactions.0";
const ID = [[`${INTERACTION}.id`, "i1"]] as const;
const typed = (type: string) => [...ID, [`${INTERACTION}.type`, type] as const];
const PATTERN = `${INTERACTION}.correct_responses.0.pattern`;
const RESPONSE = `${INTERACTION}.learner_response`;

/** A type of interaction: what is good and bad as an answer, and what as a pattern where that is not the same. */
const answers = (type: string, response: Pick<Row, "accepts" | "refuses">, pattern = response): Row[] => [
  { element: RESPONSE, after: typed(type), ...response },
  { element: PATTERN, after: typed(type), ...pattern },
];

const SET = {
  accepts: ["a", "optie_a", "a.1", "a[,]b", many(36), x(250)],
  refuses: ["", "optie-a", "twee woorden", "a,b", "a[,]", "é", many(37), x(251)],
};
const PAIRS = {
  accepts: ["1[.]a", "1[.]a[,]2[.]b"],
  refuses: ["", "1.a", "1[.]", "[.]a", "1[.]a[.]b", "1[.]a[,]2", "1[.]optie-a", `${many(37, "[.]b[,]")}[.]b`],
};
const STEPS = {
  accepts: ["stap[.]antwoord", "stap[.]", "[.]antwoord", "stap[.]-1.5", "a[.]b[,]c[.]d"],
  refuses: ["", "stap", "[.]", "een stap[.]b", "stap[.]een antwoord", "stap[.]-a"],
};

export const ROWS: readonly Row[] = [
  { element: "cmi.completion_status", ...COMPLETION },
  { element: "cmi.success_status", ...SUCCESS },
  {
    element: "cmi.exit", accepts: ["time-out", "suspend", "logout", "normal", ""], refuses: ["Suspend", "timeout", "quit"],
  },
  { element: "cmi.location", accepts: ["é€😀\n", x(1000)], refuses: ["", x(1001)] },
  {
    element: "cmi.suspend_data",
    accepts: ["", x(64_000), "é€😀\"'<>&=%\n\r\t\\", "😀".repeat(32_000)], refuses: [x(64_001), `${"😀".repeat(32_000)}x`],
  },
  ...range("cmi.progress_measure", "0", "1"),
  ...range("cmi.score.scaled", "-1", "1"),
  { element: "cmi.score.raw", ...DECIMAL },
  { element: "cmi.score.min", ...DECIMAL },
  { element: "cmi.score.max", ...DECIMAL },
  { element: "cmi.session_time", ...DURATION },
  ...range("cmi.learner_preference.audio_level", "0", "999"),
  ...range("cmi.learner_preference.delivery_speed", "0.01", "999"),
  { element: "cmi.learner_preference.audio_captioning", accepts: ["-1", "0", "1"], refuses: ["", "0.5", "aan"] },
  { element: "cmi.learner_preference.audio_captioning", accepts: [], refuses: ["2", "-2"], error: "407" },
  { element: "cmi.learner_preference.language", accepts: ["nl", "nl-NL", "dut"], refuses: ["", "nederlands", "n", "nl_NL"] },

  { element: "cmi.comments_from_learner.0.comment", ...localized(4000) },
  { element: "cmi.comments_from_learner.0.location", accepts: ["waterlijn 3\n", x(250)], refuses: ["", x(251)] },
  { element: "cmi.comments_from_learner.0.timestamp", ...TIME },
  { element: "cmi.comments_from_learner.1.comment", accepts: [], refuses: ["gat"], error: "351" },
  {
    element: "cmi.comments_from_learner.1.comment", after: [["cmi.comments_from_learner.0.location", "x"]],
    accepts: ["tweede"], refuses: [],
  },
  ...["comment", "location", "timestamp"].map((name): Row => (
    { element: `cmi.comments_from_lms.0.${name}`, accepts: [], refuses: ["x"], error: "404" }
  )),

  { element: "cmi.objectives.0.id", ...IDENTIFIER },
  { element: "cmi.objectives.0.id", after: OBJECTIVE, accepts: ["o1"], refuses: [] },
  { element: "cmi.objectives.0.id", after: OBJECTIVE, accepts: [], refuses: ["o2"], error: "351" },
  { element: "cmi.objectives.1.id", after: OBJECTIVE, accepts: ["o2"], refuses: [] },
  { element: "cmi.objectives.1.id", after: OBJECTIVE, accepts: [], refuses: ["o1"], error: "351" },
  { element: "cmi.objectives.1.id", accepts: [], refuses: ["o2"], error: "351" },
  { element: "cmi.objectives.00.id", accepts: [], refuses: ["o1"], error: "401" },
  { element: "cmi.objectives.0.success_status", accepts: [], refuses: ["passed"], error: "408" },
  { element: "cmi.objectives.0.success_status", after: OBJECTIVE, ...SUCCESS },
  { element: "cmi.objectives.0.completion_status", after: OBJECTIVE, ...COMPLETION },
  { element: "cmi.objectives.0.description", after: OBJECTIVE, ...localized(250) },
  { element: "cmi.objectives.0.score.raw", after: OBJECTIVE, ...DECIMAL },
  { element: "cmi.objectives.0.score.min", after: OBJECTIVE, ...DECIMAL },
  { element: "cmi.objectives.0.score.max", after: OBJECTIVE, ...DECIMAL },
  ...range("cmi.objectives.0.score.scaled", "-1", "1", OBJECTIVE),
  ...range("cmi.objectives.0.progress_measure", "0", "1", OBJECTIVE),

  { element: `${INTERACTION}.id`, ...IDENTIFIER },
  { element: `${INTERACTION}.id`, after: ID, accepts: ["i1"], refuses: [] },
  { element: `${INTERACTION}.id`, after: ID, accepts: [], refuses: ["i2"], error: "351" },
  { element: "cmi.interactions.1.id", after: ID, accepts: ["i1", "i2"], refuses: [] },
  { element: "cmi.interactions.1.id", accepts: [], refuses: ["i2"], error: "351" },
  {
    element: `${INTERACTION}.type`, after: ID,
    accepts: [
      "true-false", "choice", "fill-in", "long-fill-in", "likert", "matching", "performance", "sequencing", "numeric",
      "other",
    ],
    refuses: ["Choice", "", "essay"],
  },
  ...["type", "timestamp", "result", "description"].map((name): Row => (
    { element: `${INTERACTION}.${name}`, accepts: [], refuses: ["choice"], error: "408" }
  )),
  { element: RESPONSE, after: ID, accepts: [], refuses: ["a"], error: "408" },
  { element: PATTERN, after: ID, accepts: [], refuses: ["a"], error: "408" },
  ...answers("true-false", { accepts: ["true", "false"], refuses: ["t", "1", "True", ""] }),
  ...answers("choice", SET),
  { element: RESPONSE, after: typed("choice"), accepts: [], refuses: ["a[,]a"] },
  ...answers(
    "fill-in",
    {
      accepts: ["", "één antwoord", "{lang=nl}a[,]{lang=en}b", x(250), many(10)],
      refuses: [x(251), "twee\nregels", "{case_matters=true}a", many(11)],
    },
    {
      accepts: ["", "{case_matters=false}{order_matters=true}a[,]b", "{lang=nl}a", "a"],
      refuses: [x(251), " a", "a[,]a", "{case_matters=ja}a"],
    },
  ),
  ...answers(
    "long-fill-in",
    { accepts: ["", "één antwoord, met komma", x(4000), `{lang=nl}${x(4000)}`], refuses: [x(4001), "twee\nregels", "{x"] },
    { accepts: ["antwoord"], refuses: ["met, komma", " a", "{case_matters=true}a"] },
  ),
  ...answers("likert", { accepts: ["helemaal_eens", "3"], refuses: ["helemaal eens", "helemaal-eens", "", x(251), "a[,]b"] }),
  ...answers("matching", PAIRS),
  ...answers("performance", STEPS),
  ...answers("sequencing", { accepts: ["b[,]a[,]c", "a"], refuses: ["", "b a", "b,a", "a-b", many(37)] }),
  { element: RESPONSE, after: typed("sequencing"), accepts: ["a[,]a"], refuses: [] },
  { element: PATTERN, after: typed("sequencing"), accepts: [], refuses: ["a[,]a"] },
  ...answers("numeric", DECIMAL, { accepts: ["3", "1[:]2", "[:]2", "1[:]", "[:]"], refuses: ["", "1[:]2[:]3", "een"] }),
  ...answers("other", { accepts: ["", "é\n", x(4000)], refuses: [x(4001)] }, { accepts: ["é"], refuses: ["a,b", "a "] }),
  {
    element: `${INTERACTION}.correct_responses.1.pattern`, after: typed("choice"),
    accepts: [], refuses: ["a"], error: "351",
  },
  {
    element: `${INTERACTION}.correct_responses.1.pattern`, after: [...typed("choice"), [PATTERN, "a"]],
    accepts: ["b"], refuses: [],
  },
  {
    element: `${INTERACTION}.correct_responses.1.pattern`, after: [...typed("choice"), [PATTERN, "a"]],
    accepts: [], refuses: ["a"], error: "351",
  },
  {
    element: `${INTERACTION}.correct_responses.1.pattern`, after: [...typed("true-false"), [PATTERN, "true"]],
    accepts: [], refuses: ["false"], error: "351",
  },
  { element: `${INTERACTION}.objectives.0.id`, after: ID, ...IDENTIFIER },
  { element: `${INTERACTION}.objectives.0.id`, accepts: [], refuses: ["o1"], error: "408" },
  {
    element: `${INTERACTION}.objectives.1.id`, after: [...ID, [`${INTERACTION}.objectives.0.id`, "o1"]],
    accepts: [], refuses: ["o1"], error: "351",
  },
  { element: `${INTERACTION}.timestamp`, after: ID, ...TIME },
  { element: `${INTERACTION}.weighting`, after: ID, ...DECIMAL },
  {
    element: `${INTERACTION}.result`, after: ID,
    accepts: ["correct", "incorrect", "unanticipated", "neutral", "0.5", "-9999"], refuses: ["wrong", "", "Correct", "12345"],
  },
  { element: `${INTERACTION}.latency`, after: ID, ...DURATION },
  { element: `${INTERACTION}.description`, after: ID, ...localized(250) },
  { element: `${INTERACTION}.student_response`, after: ID, accepts: [], refuses: ["a"], error: "401" },

  {
    element: "adl.nav.request",
    accepts: [
      "continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll",
      "{target=ITEM-1}choice", "{target=les.2}jump",
    ],
    refuses: ["_none_", "", "Continue", "choice", "{target=}choice", "{target=ITEM 1}choice", "{target=ITEM-1}", "quit"],
  },
  ...["continue", "previous", "choice.{target=ITEM-1}", "jump.{target=ITEM-1}"].map((name): Row => (
    { element: `adl.nav.request_valid.${name}`, accepts: [], refuses: ["true"], error: "404" }
  )),

  ...[
    "learner_id", "learner_name", "credit", "entry", "total_time", "mode", "launch_data", "completion_threshold",
    "scaled_passing_score", "max_time_allowed", "time_limit_action",
  ].map((name): Row => ({ element: `cmi.${name}`, accepts: [], refuses: ["x"], error: "404" })),
  { element: "cmi.score._children", accepts: [], refuses: ["x"], error: "404" },
  { element: "cmi.interactions._count", accepts: [], refuses: ["3"], error: "404" },
  { element: "cmi._version", accepts: [], refuses: ["2.0"], error: "404" },
  { element: "cmi.core.lesson_status", accepts: [], refuses: ["passed"], error: "401" },
  { element: "adl.data.0.store", accepts: [], refuses: ["x"], error: "401" },
  { element: "", accepts: [], refuses: ["x"], error: "351" },
];

/** Reading at a first launch: element, value, error number. */
export const READS: readonly (readonly [string, string, string])[] = [
  ["cmi._version", "1.0", "0"],
  ["cmi.comments_from_learner._children", "comment,location,timestamp", "0"],
  ["cmi.comments_from_learner._count", "0", "0"],
  ["cmi.comments_from_lms._count", "0", "0"],
  ["cmi.score._children", "scaled,raw,min,max", "0"],
  ["cmi.objectives._children", "id,score,success_status,completion_status,progress_measure,description", "0"],
  ["cmi.objectives._count", "0", "0"],
  [
    "cmi.interactions._children",
    "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description", "0",
  ],
  ["cmi.interactions._count", "0", "0"],
  ["cmi.learner_preference._children", "audio_level,language,delivery_speed,audio_captioning", "0"],
  ["cmi.learner_preference.audio_level", "1", "0"],
  ["cmi.learner_preference.language", "", "0"],
  ["cmi.learner_id", "an-1", "0"],
  ["cmi.learner_name", "Jansen, An", "0"],
  ["cmi.completion_status", "unknown", "0"],
  ["cmi.success_status", "unknown", "0"],
  ["cmi.entry", "ab-initio", "0"],
  ["cmi.credit", "credit", "0"],
  ["cmi.mode", "normal", "0"],
  ["cmi.total_time", "PT0H0M0S", "0"],
  ["cmi.time_limit_action", "continue,no message", "0"],
  ["adl.nav.request", "_none_", "0"],
  ["adl.nav.request_valid.continue", "unknown", "0"],
  ["adl.nav.request_valid.choice.{target=les.1}", "unknown", "0"],
  ["adl.nav.request_valid.choice.{les}", "", "401"],
  ["cmi.suspend_data", "", "403"],
  ["cmi.location", "", "403"],
  ["cmi.score.raw", "", "403"],
  ["cmi.progress_measure", "", "403"],
  ["cmi.launch_data", "", "403"],
  ["cmi.completion_threshold", "", "403"],
  ["cmi.scaled_passing_score", "", "403"],
  ["cmi.exit", "", "405"],
  ["cmi.session_time", "", "405"],
  ["cmi.interactions.0.id", "", "301"],
  ["cmi.objectives.0.score.raw", "", "301"],
  ["cmi.suspend_data._children", "", "301"],
  ["cmi.score._count", "", "301"],
  ["cmi.objectives.0.score._children", "", "301"],
  ["cmi.core.lesson_status", "", "401"],
  ["cmi.nothing._children", "", "401"],
  ["cmi", "", "401"],
  ["", "", "301"],
];

/** Where the 3rd edition differs. */
export const ROWS_3RD: readonly Row[] = [
  { element: "cmi.suspend_data", accepts: ["", x(4000), "é"], refuses: [x(4001), x(64_000)] },
  { element: "adl.nav.request", accepts: ["{target=ITEM-1}choice", "suspendAll"], refuses: ["{target=ITEM-1}jump"] },
  { element: "adl.nav.request_valid.jump.{target=ITEM-1}", accepts: [], refuses: ["true"], error: "401" },
];
