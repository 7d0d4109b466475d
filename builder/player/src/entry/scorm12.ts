import { start } from "../start.js";
import { scorm12 } from "../tracking/scorm12.js";

start(({ report }) =>
  scorm12(window, {
    report,
    now: () => Date.now(),
    time: () => new Date().toTimeString().slice(0, 8),
  }),
);
