// The data model of SCORM 2004 as a table (Run-Time Environment, chapter 4; Sequencing and Navigation, chapter 5 for
// `adl.nav`). Every element is one that every LMS must have. `adl.data` is left out: widely used LMSs do not know it.
import { SESSION2004 } from "./session2004.js";
import type { Access, DataType, Element, Standard } from "./standard.js";
import * as type from "./types2004.js";

const its = (name: string, access: Access, dataType: DataType, extra: Partial<Element> = {}): Element =>
  ({ name, access, type: dataType, mandatory: true, ...extra });

const ID = { fixed: true, unique: true };
const TYPED = { needs: "cmi.interactions.n.type" };
const UNKNOWN = { initial: "unknown" };

/** `scaled` in -1..1 and the other three of a score. */
const score = (group: string): Element[] => [
  its(`${group}.scaled`, "both", type.decimal, { range: [-1, 1] }),
  ...["raw", "min", "max"].map((name) => its(`${group}.${name}`, "both", type.decimal)),
];

/** What the editions differ in: the room for suspend data, and whether a SCO may ask for a jump. */
function elements(suspendData: number, jumps: boolean): Element[] {
  return [
    its("cmi.completion_status", "both", type.completion, UNKNOWN),
    its("cmi.completion_threshold", "read", type.given),
    its("cmi.credit", "read", type.given),
    its("cmi.entry", "read", type.given),
    its("cmi.exit", "write", type.exit),
    its("cmi.launch_data", "read", type.given),
    its("cmi.learner_id", "read", type.given),
    its("cmi.learner_name", "read", type.given),
    its("cmi.learner_preference.audio_level", "both", type.decimal, { initial: "1", range: [0, 999.9999999] }),
    its("cmi.learner_preference.language", "both", type.language, { initial: "" }),
    // No speed at all is one by the standard, and not to every LMS.
    its("cmi.learner_preference.delivery_speed", "both", type.decimal, { initial: "1", range: [0.01, 999.9999999] }),
    its("cmi.learner_preference.audio_captioning", "both", type.integer, { initial: "0", range: [-1, 1] }),
    its("cmi.location", "both", type.place(1000)),
    its("cmi.max_time_allowed", "read", type.given),
    its("cmi.mode", "read", type.given),
    its("cmi.progress_measure", "both", type.decimal, { range: [0, 1] }),
    its("cmi.scaled_passing_score", "read", type.given),
    ...score("cmi.score"),
    its("cmi.session_time", "write", type.duration),
    its("cmi.success_status", "both", type.success, UNKNOWN),
    its("cmi.suspend_data", "both", type.string(suspendData)),
    its("cmi.time_limit_action", "read", type.given, { initial: "continue,no message" }),
    its("cmi.total_time", "read", type.given, { initial: "PT0H0M0S" }),
    ...["learner", "lms"].flatMap((who) => {
      const access = who === "learner" ? "both" : "read";
      return [
        its(`cmi.comments_from_${who}.n.comment`, access, type.localized4000),
        its(`cmi.comments_from_${who}.n.location`, access, type.place(250)),
        its(`cmi.comments_from_${who}.n.timestamp`, access, type.time),
      ];
    }),
    its("cmi.objectives.n.id", "both", type.longIdentifier, ID),
    ...score("cmi.objectives.n.score"),
    its("cmi.objectives.n.success_status", "both", type.success, UNKNOWN),
    its("cmi.objectives.n.completion_status", "both", type.completion, UNKNOWN),
    its("cmi.objectives.n.progress_measure", "both", type.decimal, { range: [0, 1] }),
    its("cmi.objectives.n.description", "both", type.localized250),
    // One question may be kept more than once, each time with the same id: a journal.
    its("cmi.interactions.n.id", "both", type.longIdentifier, { fixed: true }),
    its("cmi.interactions.n.type", "both", type.interactionType),
    its("cmi.interactions.n.objectives.n.id", "both", type.longIdentifier, ID),
    its("cmi.interactions.n.timestamp", "both", type.time),
    its("cmi.interactions.n.correct_responses.n.pattern", "both", type.pattern, { ...TYPED, unique: true }),
    its("cmi.interactions.n.weighting", "both", type.decimal),
    its("cmi.interactions.n.learner_response", "both", type.response, TYPED),
    its("cmi.interactions.n.result", "both", type.result),
    its("cmi.interactions.n.latency", "both", type.duration),
    its("cmi.interactions.n.description", "both", type.localized250),
    // `_none_` is what is read, and what not every LMS lets be set.
    its("adl.nav.request", "both", jumps ? type.request : type.request3rd, { initial: "_none_" }),
    its("adl.nav.request_valid.continue", "read", type.given, UNKNOWN),
    its("adl.nav.request_valid.previous", "read", type.given, UNKNOWN),
    its("adl.nav.request_valid.choice.{target}", "read", type.given, UNKNOWN),
    ...(jumps ? [its("adl.nav.request_valid.jump.{target}", "read", type.given, UNKNOWN)] : []),
  ];
}

const most = (count: number) => (): number => count;

export const SCORM2004: Standard = {
  version: "2004 4th Edition",
  family: "2004",
  object: "API_1484_11",
  calls: {
    initialise: "Initialize", finish: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit",
    "last-error": "GetLastError", "error-string": "GetErrorString", diagnostic: "GetDiagnostic",
  },
  session: SESSION2004,
  elements: elements(64_000, true),
  groups: [
    "cmi.comments_from_learner", "cmi.comments_from_lms", "cmi.interactions", "cmi.learner_preference",
    "cmi.objectives", "cmi.objectives.n.score", "cmi.score",
  ],
  arrays: [
    { name: "cmi.comments_from_learner", limit: most(250) },
    { name: "cmi.comments_from_lms" },
    { name: "cmi.objectives", first: "id", limit: most(100) },
    { name: "cmi.interactions", first: "id", limit: most(250) },
    { name: "cmi.interactions.n.objectives", first: "id", limit: most(10) },
    { name: "cmi.interactions.n.correct_responses", first: "pattern", limit: type.patterns },
  ],
  keywords: { "cmi._version": "1.0" },
  tellsUnset: true,
  codes: {
    general: "101", "not-begun": "102", running: "103", over: "104", "not-ended": "111",
    "finish-before": "112", "finish-after": "113", "get-before": "122", "get-after": "123",
    "set-before": "132", "set-after": "133", "commit-before": "142", "commit-after": "143",
    argument: "201", "get-failed": "301", "no-children": "301", "no-count": "301", "set-failed": "351", "not-saved": "391",
    unknown: "401", "not-implemented": "402", unset: "403", keyword: "404", "read-only": "404", "write-only": "405",
    type: "406", range: "407", dependency: "408",
  },
  errors: {
    "0": "No error",
    "101": "General exception",
    "102": "General initialization failure",
    "103": "Already initialized",
    "104": "Content instance terminated",
    "111": "General termination failure",
    "112": "Termination before initialization",
    "113": "Termination after termination",
    "122": "Retrieve data before initialization",
    "123": "Retrieve data after termination",
    "132": "Store data before initialization",
    "133": "Store data after termination",
    "142": "Commit before initialization",
    "143": "Commit after termination",
    "201": "General argument error",
    "301": "General get failure",
    "351": "General set failure",
    "391": "General commit failure",
    "401": "Undefined data model element",
    "402": "Unimplemented data model element",
    "403": "Data model element value not initialized",
    "404": "Data model element is read only",
    "405": "Data model element is write only",
    "406": "Data model element type mismatch",
    "407": "Data model element value out of range",
    "408": "Data model dependency not established",
  },
};

/** The 3rd edition: the same, with less room and without jumps. */
export const SCORM2004_3RD: Standard = { ...SCORM2004, version: "2004 3rd Edition", elements: elements(4000, false) };
