// The three things that are read: the log, the verdict and the record.
import type { LogEntry } from "../log.js";
import { decode, shortened, type Decoded } from "./decode.js";
import { about, failed, lastOf, reads, rules, saves, wrong, writes, type Group } from "./journal.js";
import { copy, part, type Page, type Say } from "./page.js";

const ON_A_LINE = 60;
const IN_A_CELL = 240;

export type Records = Readonly<Record<string, Readonly<Record<string, string>>>>;

const VERBS: readonly (readonly [RegExp, string])[] = [
  [/Initialize$/, "call_begins"], [/(Finish|Terminate)$/, "call_ends"], [/Commit$/, "call_saves"],
  [/SetValue$|^(PUT|POST) state$/, "call_writes"], [/GetValue$|^GET /, "call_reads"], [/statements$/, "call_tells"],
  [/^POST fetch/, "call_begins"],
];

/** What a call does, in a word. */
const verb = (say: Say, call: string): string => say(VERBS.find(([names]) => names.test(call))?.[1] ?? "call_asks");

export const meaning = (page: Page, element: string): string =>
  page.elements[element.replace(/\.\d+(?=\.|$)/g, ".n")] ?? "";

export class Views {
  readonly #page: Page;
  readonly #say: Say;

  constructor(page: Page, say: Say) {
    this.#page = page;
    this.#say = say;
  }

  /** One call as a line, that opens to all there is to know about it. */
  call(entry: LogEntry, several: boolean): HTMLElement {
    const row = copy("call");
    const element = about(entry);
    const value = lastOf(entry);
    const known = VERBS.some(([names]) => names.test(entry.call));
    row.id = `${entry.session}-${entry.number}`;
    row.classList.toggle("watch-call--wrong", entry.violation !== null);
    row.classList.toggle("watch-call--fault", entry.violation === null && wrong(entry));
    row.classList.toggle("watch-call--write", writes(entry) || saves(entry));
    part(row, "time").textContent = entry.time.slice(11, 19);
    part(row, "session").textContent = several ? this.#say("session", { number: entry.session.slice(1) }) : "";
    part(row, "verb").textContent = known ? verb(this.#say, entry.call) : entry.call;
    part(row, "element").textContent = element;
    part(row, "meaning").textContent = meaning(this.#page, element);
    const given = writes(entry) ? value : reads(entry) && !cmi5(entry) && entry.result !== "" ? entry.result : undefined;
    part(row, "value").textContent = given === undefined ? "" : shortened(cmi5(entry) ? given : JSON.stringify(given), ON_A_LINE);
    part(row, "answer").textContent = this.#answer(entry);
    const told = this.#told(entry);
    part(row, "told").textContent = told;
    part(row, "told").hidden = told === "";
    const details = part<HTMLDetailsElement>(row, "details");
    details.addEventListener("toggle", () => {
      const more = part(row, "more");
      if (details.open && more.childElementCount === 0) more.append(...this.#everything(entry));
    });
    return row;
  }

  #answer(entry: LogEntry): string {
    if (entry.fault === "throws") return this.#say("answer_throws");
    if (reads(entry) && !wrong(entry) && failed(entry)) return this.#say("answer_absent");
    if (failed(entry)) return this.#say("answer_error", { number: entry.error });
    if (!saves(entry)) return entry.result === "true" || cmi5(entry) ? this.#say("answer_fine") : "";
    if (entry.stored === false) return this.#say("answer_lost");
    return this.#say(entry.stored ? "answer_stored" : "answer_unsure");
  }

  /** What went wrong, in a line; "" when nothing did. */
  #told(entry: LogEntry): string {
    const rule = rules(entry).map((each) => this.#page.rules[each] ?? each).join(" ");
    const fault = entry.fault ? this.#say("by_fault", { fault: this.#say(`fault_${entry.fault.replace(/-/g, "_")}`) }) : "";
    const error = failed(entry) && wrong(entry) && !fault ? this.#page.errors[entry.error] ?? "" : "";
    return [rule, error, fault].filter(Boolean).join(" ");
  }

  #everything(entry: LogEntry): HTMLElement[] {
    const element = about(entry);
    const value = lastOf(entry);
    const error = this.#page.errors[entry.error];
    const call = `${entry.call}(${entry.arguments.map((each) => JSON.stringify(each)).join(", ")})`;
    const rows: [string, string | undefined, boolean?][] = [
      ["more_call", shortened(call, ON_A_LINE * 2), true],
      ["more_element", meaning(this.#page, element)],
      ["more_value", writes(entry) ? value : undefined, true],
      ["more_answer", JSON.stringify(entry.result), true],
      ["more_error", failed(entry) ? `${entry.error}: ${error ?? ""}` : ""],
      ["more_why", entry.why],
      ["more_section", rules(entry).map((rule) => this.#page.sections[rule] ?? "").filter(Boolean).join(", ")],
      ["more_time", entry.time, true],
    ];
    return rows.filter(([, text]) => text !== undefined && text !== "").map(([key, text = "", code]) => {
      const row = copy("more");
      part(row, "name").textContent = this.#say(key);
      part(row, "text").append(code ? coded(text) : text);
      return row;
    });
  }

  /** A rule that was broken: what, why it matters, where the standard says so, and at which calls. */
  group(group: Group, show: (entry: LogEntry) => void): HTMLElement {
    const item = copy("group");
    const { rules: words, sections } = this.#page;
    const times = group.entries.length || group.about.length;
    part(item, "what").textContent = words[group.rule] ?? group.rule;
    part(item, "count").textContent = this.#say("times", { count: times });
    part(item, "why").textContent = words[`${group.rule}-why`] ?? this.#say("why_refused");
    const section = sections[group.rule];
    part(item, "section").textContent = section ? this.#say("standard_says", { section }) : "";
    part(item, "about").textContent = group.rule === "missing-file" ? group.about.join(", ") : "";
    const list = part(item, "calls");
    for (const entry of group.entries.slice(0, 8)) {
      const button = copy("jump");
      part(button, "label").textContent = `${entry.time.slice(11, 19)} ${entry.call} ${shortened(about(entry), ON_A_LINE)}`;
      part(button, "label").addEventListener("click", () => show(entry));
      list.append(button);
    }
    return item;
  }

  /** What the LMS now knows, in words: the three things that a manager asks about. */
  summary(record: Readonly<Record<string, string>>): [string, string][] {
    if (this.#page.standard === "cmi5") return this.#satisfied(record);
    const old = this.#page.standard === "scorm12";
    const get = (name: string): string => record[name] ?? "";
    const status = old
      ? get("cmi.core.lesson_status")
      : [get("cmi.completion_status"), get("cmi.success_status")].filter((each) => each && each !== "unknown").join(" + ");
    const raw = get(old ? "cmi.core.score.raw" : "cmi.score.raw");
    const exit = get(old ? "cmi.core.exit" : "cmi.exit");
    const suspended = get("cmi.suspend_data") !== "";
    const time = get(old ? "cmi.core.total_time" : "cmi.total_time");
    const words = status === "" ? this.#say("status_none") : status.split(" + ").map((each) => this.#status(each)).join(", ");
    return [
      [this.#say("known_status"), words],
      [this.#say("known_score"), raw || this.#say("score_none")],
      [this.#say("known_resume"), this.#say(exit === "suspend" ? "resume_yes" : suspended ? "resume_maybe" : "resume_no")],
      ...(time ? [[this.#say("known_time"), time] as [string, string]] : []),
    ];
  }

  #satisfied(record: Readonly<Record<string, string>>): [string, string][] {
    const told = ["completed", "passed", "failed"].filter((verb) => record[verb] === "true");
    const documents = Object.keys(record).length - told.length - 1;
    return [
      [this.#say("known_status"), told.map((verb) => this.#status(verb)).join(", ") || this.#say("status_none")],
      [this.#say("known_satisfied"), this.#say(record["satisfied"] === "true" ? "satisfied_yes" : "satisfied_no")],
      [this.#say("known_resume"), this.#say(documents > 0 ? "resume_yes" : "resume_no")],
    ];
  }

  #status(status: string): string {
    const key = `status_${status.replace(/ /g, "_")}`;
    return key in this.#page.words ? `${this.#say(key)} (${status})` : status;
  }

  /** A stored element. */
  row(element: string, value: string): HTMLElement {
    const row = copy("kept");
    part(row, "element").textContent = element;
    part(row, "meaning").textContent = meaning(this.#page, element);
    const room = element === "cmi.suspend_data" ? this.#page.room : 0;
    part(row, "length").textContent = room
      ? this.#say("length", { length: value.length, room })
      : value.length > IN_A_CELL ? this.#say("characters", { length: value.length }) : "";
    const cell = part(row, "value");
    if (value.length > IN_A_CELL) cell.append(folded(shortened(value, IN_A_CELL / 2), coded(value)));
    else cell.append(coded(value));
    const found = decode(value);
    if (found) cell.append(folded(this.#say(`decoded_${found.kind}`), this.#decoded(found)));
    return row;
  }

  #decoded(found: Decoded): HTMLElement {
    if (found.kind !== "save") return coded(found.text);
    const list = document.createElement("dl");
    for (const [name, value] of found.fields) {
      const row = copy("more");
      part(row, "name").textContent = this.#page.save[name] ?? name;
      part(row, "text").append(coded(value || "–"));
      list.append(row);
    }
    return list;
  }
}

/** Whether a call is one of the network: a method and what it is sent to. */
const cmi5 = (entry: LogEntry): boolean => entry.call.includes(" ");

function coded(text: string): HTMLElement {
  const code = document.createElement("code");
  code.textContent = text;
  return code;
}

function folded(title: string, content: HTMLElement): HTMLElement {
  const details = copy("folded");
  part(details, "title").textContent = title;
  details.append(content);
  return details;
}
