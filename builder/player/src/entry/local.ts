import { start } from "../start.js";
import { local } from "../tracking/local.js";

start((_, device) => local(device));
