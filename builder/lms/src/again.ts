// The second opinion: scorm-again's API behind the same record and the same log. Its script for this version of SCORM
// must be on the page already; it is a development dependency and never part of this bundle.
import type { Addresses } from "./browser.js";
import type { LogEntry } from "./log.js";
import { profileOf } from "./profiles.js";
import type { Api, Server } from "./runtime.js";
import type { Elements, Launch, Standard } from "./standard.js";

interface ScormAgain {
  readonly [call: string]: unknown;
  loadFromFlattenedJSON(elements: Record<string, string>): void;
}

type Maker = new (settings: Record<string, unknown>) => ScormAgain;

declare global {
  interface Window {
    Scorm12API?: Maker;
    Scorm2004API?: Maker;
  }
}

/** The API of scorm-again, with its record loaded; its calls report to the log like our own. */
export function scormAgain(
  session: string, standard: Standard, launch: Launch, server: Server, to: Addresses,
  report: (entry: LogEntry) => void,
): Api {
  const Theirs = standard.family === "1.2" ? window.Scorm12API : window.Scorm2004API;
  if (!Theirs) throw new Error("scorm-again's script is not on this page");
  const theirs = new Theirs({
    lmsCommitUrl: to.commit,
    dataCommitFormat: "flattened",
    logLevel: 5, // none
    requestHandler: (commit: Record<string, unknown>): { elements: Elements } => ({
      elements: Object.fromEntries(
        Object.entries(commit).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
      ),
    }),
  });
  const record = standard.session.begin(server.load() ?? {}, launch, profileOf("full", standard));
  theirs.loadFromFlattenedJSON(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== "")));
  const ask = (name: string, given: readonly unknown[]): string =>
    String((theirs[name] as (...given: readonly unknown[]) => unknown)(...given));
  let number = 0;
  const { codes, calls } = standard;
  /** What a SCO cannot help: asking is how it finds out what is there, and a save that fails is the LMS's own failure. */
  const blameless = (name: string, error: string): boolean =>
    name === calls.commit || name === calls.finish
      ? error === codes["not-saved"] || error === codes["not-ended"]
      : error === codes["not-implemented"] || error === codes.unset;
  const wrap = (name: string) => (...given: unknown[]): string => {
    const result = ask(name, given);
    number += 1;
    const error = /Error|Diagnostic/.test(name) ? "0" : ask(calls["last-error"], []);
    report({
      session, number, time: new Date().toISOString(), call: name, arguments: given.map(String), result, error,
      why: "", violation: error === "0" || blameless(name, error) ? null : "refused", fault: null, stored: null,
    });
    return result;
  };
  return Object.fromEntries(Object.values(calls).map((name) => [name, wrap(name)]));
}
