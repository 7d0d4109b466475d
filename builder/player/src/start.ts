/** Starts the player in its page: the course and the texts stand there, nothing is fetched. */
import type { Course } from "./data.js";
import type { Device } from "./device.js";
import { browser } from "./environment.js";
import { open } from "./session.js";
import type * as Shared from "./shared.js";
import { beatsOf, bring, copy, fill, find, finished, fresh, get, hasEnded, hash, holds, icon, isBelow, isShown, meIn, momentsOf, narrowest, offers, one, placeOf, play, runsOf, t } from "./shared.js";
import type { Tracking } from "./tracking/types.js";
import { mount } from "./view/mount.js";
import { setTexts } from "./view/texts.js";

/** Listed, not `* as`: a namespace becomes a getter for each name. */
const shared: typeof Shared = { beatsOf, bring, copy, fill, find, finished, fresh, get, hasEnded, hash, holds, icon, isBelow, isShown, meIn, momentsOf, narrowest, offers, one, placeOf, play, runsOf, t };

/** Milliseconds before a start that takes longer is told. */
const QUICK = 800;

/** Call while the script is first run: only then does it know its own address. */
export function start(tracking: (course: Course, device: Device) => Tracking): void {
  Object.assign(globalThis, { owlPlayer: shared });
  const script = (document.currentScript as HTMLScriptElement | null)?.src ?? "";
  const course = read("course") as Course;
  setTexts(read("texts") as Parameters<typeof setTexts>[0]);
  // A page brought back from the browser's memory has a session that ended when it was left.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  const slow = setTimeout(wait, QUICK);
  void open(course, (device) => tracking(course, device), browser(script)).then((session) => {
    clearTimeout(slow);
    mount(session);
  });
}

function wait(): void {
  const view = one("waiting");
  fill(view, { waiting: true });
  get("main").replaceChildren(view);
}

function read(id: string): unknown {
  return JSON.parse(document.getElementById(id)!.textContent!);
}
