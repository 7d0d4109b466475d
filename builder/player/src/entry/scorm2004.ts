import { start } from "../start.js";
import { scorm2004, timestamp } from "../tracking/scorm2004.js";

start(({ limit, sco }) =>
  scorm2004(window, {
    limit,
    sco,
    now: () => Date.now(),
    time: () => timestamp(new Date()),
  }),
);
