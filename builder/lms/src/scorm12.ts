// The data model of SCORM 1.2 as a table (Run-Time Environment, 1 October 2001, §3.3.3 and §3.4.4).
import { SESSION12 } from "./session12.js";
import type { Access, DataType, Element, Standard } from "./standard.js";
import * as type from "./types12.js";

const must = (name: string, access: Access, dataType: DataType): Element =>
  ({ name, access, type: dataType, mandatory: true });

const may = (name: string, access: Access, dataType: DataType, extra: Partial<Element> = {}): Element =>
  ({ name, access, type: dataType, mandatory: false, ...extra });

const TYPED = { needs: "cmi.interactions.n.type" };

export const SCORM12: Standard = {
  version: "1.2",
  family: "1.2",
  object: "API",
  calls: {
    initialise: "LMSInitialize", finish: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit",
    "last-error": "LMSGetLastError", "error-string": "LMSGetErrorString", diagnostic: "LMSGetDiagnostic",
  },
  session: SESSION12,
  elements: [
    must("cmi.core.student_id", "read", type.given),
    must("cmi.core.student_name", "read", type.given),
    must("cmi.core.lesson_location", "both", type.string255),
    must("cmi.core.credit", "read", type.given),
    must("cmi.core.lesson_status", "both", type.lessonStatus),
    must("cmi.core.entry", "read", type.given),
    must("cmi.core.score.raw", "both", type.score),
    may("cmi.core.score.min", "both", type.score),
    may("cmi.core.score.max", "both", type.score),
    must("cmi.core.total_time", "read", type.given),
    may("cmi.core.lesson_mode", "read", type.given),
    must("cmi.core.exit", "write", type.exit),
    must("cmi.core.session_time", "write", type.timespan),
    must("cmi.suspend_data", "both", type.string4096),
    must("cmi.launch_data", "read", type.given),
    may("cmi.comments", "both", type.string4096, { grows: true }),
    may("cmi.comments_from_lms", "read", type.given),
    may("cmi.objectives.n.id", "both", type.identifier),
    may("cmi.objectives.n.score.raw", "both", type.score),
    may("cmi.objectives.n.score.min", "both", type.score),
    may("cmi.objectives.n.score.max", "both", type.score),
    may("cmi.objectives.n.status", "both", type.objectiveStatus),
    may("cmi.student_data.mastery_score", "read", type.given),
    may("cmi.student_data.max_time_allowed", "read", type.given),
    may("cmi.student_data.time_limit_action", "read", type.given),
    may("cmi.student_preference.audio", "both", type.audio),
    may("cmi.student_preference.language", "both", type.string255),
    may("cmi.student_preference.speed", "both", type.speed),
    may("cmi.student_preference.text", "both", type.text),
    may("cmi.interactions.n.id", "write", type.identifier),
    may("cmi.interactions.n.objectives.n.id", "write", type.identifier),
    may("cmi.interactions.n.time", "write", type.timeOfDay),
    may("cmi.interactions.n.type", "write", type.interactionType),
    may("cmi.interactions.n.correct_responses.n.pattern", "write", type.feedback, TYPED),
    may("cmi.interactions.n.weighting", "write", type.decimal),
    may("cmi.interactions.n.student_response", "write", type.feedback, TYPED),
    may("cmi.interactions.n.result", "write", type.result),
    may("cmi.interactions.n.latency", "write", type.timespan),
  ],
  groups: [
    "cmi.core", "cmi.core.score", "cmi.objectives", "cmi.objectives.n.score",
    "cmi.student_data", "cmi.student_preference", "cmi.interactions",
  ],
  arrays: [
    { name: "cmi.objectives", first: "id" },
    { name: "cmi.interactions", first: "id" },
    { name: "cmi.interactions.n.objectives", first: "id" },
    { name: "cmi.interactions.n.correct_responses", first: "pattern" },
  ],
  keywords: { "cmi._version": "3.4" },
  tellsUnset: false,
  codes: {
    general: "101", running: "101", over: "101", "not-begun": "101", "not-saved": "101", "not-ended": "101",
    argument: "201", unknown: "201", "get-failed": "201", "set-failed": "201", dependency: "201",
    "no-children": "202", "no-count": "203",
    "finish-before": "301", "finish-after": "301", "get-before": "301", "get-after": "301",
    "set-before": "301", "set-after": "301", "commit-before": "301", "commit-after": "301",
    "not-implemented": "401", unset: "0", keyword: "402", "read-only": "403", "write-only": "404",
    type: "405", range: "405",
  },
  errors: {
    "0": "No error",
    "101": "General exception",
    "201": "Invalid argument error",
    "202": "Element cannot have children",
    "203": "Element not an array - cannot have count",
    "301": "Not initialized",
    "401": "Not implemented error",
    "402": "Invalid set value, element is a keyword",
    "403": "Element is read only",
    "404": "Element is write only",
    "405": "Incorrect data type",
  },
};
