import { start } from "../start.js";
import { scorm12 } from "../tracking/scorm12.js";

start(({ limit }) =>
  scorm12(window, {
    limit,
    now: () => Date.now(),
    time: () => new Date().toTimeString().slice(0, 8),
  }),
);
