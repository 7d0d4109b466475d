import { start } from "../start.js";
import { local } from "../tracking/local.js";

start(({ limit }, device) => local(device, limit));
