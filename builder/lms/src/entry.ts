// Starts the LMS on a page: reads the launch from the page, puts the API object on the window.
//
// The page holds <script type="application/json" id="lms">, a `Page` below, before this script. It then has
// `window.lms`: log() gives the calls so far, lines() the same as text, faults([...]) replaces the faults.
import { scormAgain } from "./again.js";
import { httpServer, Leaving, LogPost, type Addresses } from "./browser.js";
import { Faults, type Fault } from "./faults.js";
import { line, violations, type LogEntry } from "./log.js";
import { profileOf, type ProfileName } from "./profiles.js";
import { Runtime } from "./runtime.js";
import { SCORM12 } from "./scorm12.js";
import { SCORM2004, SCORM2004_3RD } from "./scorm2004.js";
import type { Launch } from "./standard.js";

const STANDARDS = { scorm12: SCORM12, scorm2004: SCORM2004, "scorm2004-3rd": SCORM2004_3RD };

interface Page {
  readonly session: string;
  /** The version of SCORM the package was made for; 1.2 unless said. */
  readonly standard?: keyof typeof STANDARDS;
  readonly lms: "own" | "scorm-again";
  readonly profile: ProfileName;
  readonly faults: readonly Fault[];
  readonly launch: Launch;
  readonly addresses: Addresses;
}

interface Desk {
  log(): readonly LogEntry[];
  lines(): readonly string[];
  violations(): readonly LogEntry[];
  faults(faults: readonly Fault[]): void;
}

declare global {
  interface Window {
    lms?: Desk;
  }
}

function start(page: Page): void {
  const log: LogEntry[] = [];
  const leaving = new Leaving(window);
  const post = new LogPost(page.addresses.log, leaving, window);
  const report = (entry: LogEntry): void => {
    log.push(entry);
    post.add(entry);
  };
  const standard = STANDARDS[page.standard ?? "scorm12"];
  const profile = profileOf(page.profile, standard);
  const faults = new Faults(page.faults);
  const server = httpServer(page.addresses, leaving, profile.trustsBeacon);
  const { session, launch } = page;
  const api = page.lms === "own"
    ? new Runtime({ session, standard, profile, launch, faults, server, now: () => new Date(), report }).api()
    : scormAgain(session, standard, launch, server, page.addresses, report);
  Object.assign(window, { [standard.object]: api });
  window.lms = {
    log: () => log,
    lines: () => log.map(line),
    violations: () => violations(log),
    faults: (next) => faults.replace(next),
  };
}

const page = document.getElementById("lms")?.textContent;
if (!page) throw new Error("no launch on this page");
start(JSON.parse(page) as Page);
