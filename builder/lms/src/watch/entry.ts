// The page of `waterlijn play`: launches the package in a frame or tab, and shows what comes of it while it runs.
//
// The page holds <script type="application/json" id="page">, a `Page`, before this script.
import type { LogEntry } from "../log.js";
import { chosen, chosenFaults, download, tabs } from "./controls.js";
import { Journal, verdict, type Filter } from "./journal.js";
import { byId, part, speaker, type Page } from "./page.js";
import { Views, type Records } from "./views.js";
import { Windows } from "./windows.js";

const EVERY = 600;
const SHOULD_SPEAK = 8000;

interface News {
  readonly entries: readonly LogEntry[];
  readonly records: Records;
  readonly left: readonly string[];
  readonly missing: readonly string[];
}

function start(page: Page): void {
  const say = speaker(page);
  const journal = new Journal();
  const views = new Views(page, say);
  const windows = new Windows(byId("stage"), say("frame"));
  const show = tabs(byId("tabs"));
  const log = byId("log");
  const heard = new Map<string, number>();
  const silentBefore = new Set<string>();
  let drawn = "";
  let missing: readonly string[] = [];
  let first = page.units[0]?.key ?? "";

  const post = async (act: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(act, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${act}: ${answer.status}`);
    return answer.json();
  };

  const status = (key: string): void => {
    byId("status").textContent = say(key);
    byId("empty").hidden = key === "status_playing";
    byId("stage").hidden = key !== "status_playing";
    byId("start").textContent = say(key === "status_playing" ? "restart" : "resume");
    for (const name of ["leave", "close"]) byId<HTMLButtonElement>(name).disabled = key !== "status_playing";
  };

  const launch = async (tab?: Window): Promise<void> => {
    const circumstances = chosen(first);
    first = circumstances.unit;
    const via = tab ? "iframe" : circumstances.via;
    const told = await post("launch", { ...circumstances, via, faults: chosenFaults(byId("faults")) });
    const { session, address } = told as { session: string; address: string };
    if (via === "none" || via === "cross-origin") silentBefore.add(session);
    if (tab) windows.tab(session, address, tab);
    else windows.frame(session, address);
    if (!tab) status("status_playing");
  };

  const leave = async (how: "leave" | "close"): Promise<void> => {
    collect(windows.entries());
    for (const { session, frame } of windows.open) if (frame) await post("leave", { session });
    await windows.leave(how);
    status(how === "leave" ? "status_left" : "status_closed");
  };

  const restart = async (): Promise<void> => {
    if (windows.open.some(({ frame }) => frame)) await leave("leave");
    await launch();
  };

  const forget = async (): Promise<void> => {
    await windows.closeAll();
    await post("forget", {});
    journal.clear();
    windows.forgetGone();
    heard.clear();
    log.replaceChildren();
    drawn = "";
    await launch();
  };

  const collect = (entries: readonly LogEntry[]): void => {
    const fresh = journal.add(entries);
    if (fresh.length === 0) return;
    const box = byId("log-box");
    const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    const several = new Set(journal.all().map(({ session }) => session)).size > 1;
    log.append(...fresh.map((entry) => views.call(entry, several)));
    byId("log-empty").hidden = true;
    if (follows) box.scrollTop = box.scrollHeight;
    const framed = windows.open.find(({ frame, session }) => frame && fresh.some((entry) => entry.session === session));
    const next = framed && journal.next(framed.session, page.units.map(({ key }) => key), chosen(first).unit);
    if (next) goTo(next);
  };

  /** The LMS goes where the package asked it to, once the package is done with its own unit. */
  const goTo = (unit: string): void => {
    byId<HTMLSelectElement>("unit").value = unit;
    void restart();
  };

  const jump = (entry: LogEntry): void => {
    show("tab-log");
    filter("all");
    const row = document.getElementById(`${entry.session}-${entry.number}`);
    if (!row) return;
    const details = part<HTMLDetailsElement>(row, "details");
    details.open = true;
    row.scrollIntoView({ block: "nearest" });
    details.querySelector("summary")?.focus();
  };

  const draw = (records: Records): void => {
    const calls = journal.all();
    const now = Date.now();
    const silent = windows.open
      .filter(({ session, since }) => now - since > SHOULD_SPEAK && !journal.heard(session) && !silentBefore.has(session))
      .map(({ session }) => session);
    const groups = verdict(journal, windows.gone, silent, missing);
    const signature = JSON.stringify([calls.length, groups.map(({ rule, entries, about }) => [rule, entries.length, about]), records]);
    if (signature === drawn) return;
    drawn = signature;
    const broken = groups.reduce((sum, { entries, about }) => sum + (entries.length || about.length), 0);
    byId("tab-log-count").textContent = String(calls.length);
    byId("tab-verdict-count").textContent = String(broken);
    byId("tab-verdict").classList.toggle("watch-tab--wrong", broken > 0);
    byId("verdict-word").textContent = broken > 0
      ? say("verdict_wrong", { count: broken })
      : say(calls.length > 0 ? "verdict_fine" : "verdict_none", { count: calls.length });
    byId("verdict-word").classList.toggle("watch-verdict--wrong", broken > 0);
    byId("verdict-word").classList.toggle("watch-verdict--fine", broken === 0 && calls.length > 0);
    byId("groups").replaceChildren(...groups.map((group) => views.group(group, jump)));
    drawRecord(records[chosen(first).unit] ?? {});
  };

  const drawRecord = (record: Readonly<Record<string, string>>): void => {
    const elements = Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
    byId("tab-record-count").textContent = String(elements.length);
    byId("record-empty").hidden = elements.length > 0;
    byId("record-full").hidden = elements.length === 0;
    byId("known").replaceChildren(...views.summary(record).map(([name, text]) => {
      const item = document.createElement("div");
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = name;
      said.textContent = text;
      item.append(term, said);
      return item;
    }));
    byId("stored").replaceChildren(...elements.map(([element, value]) => views.row(element, value)));
  };

  const filter = (value: Filter): void => {
    log.dataset["filter"] = value;
    byId<HTMLInputElement>(`filter-${value}`).checked = true;
  };
  const filtered = (): Filter => (log.dataset["filter"] ?? "all") as Filter;

  /** What the server has for us; null when it is not there any more. */
  const news = async (): Promise<News | null> => {
    const query = new URLSearchParams({ learner: chosen(first).learner.id });
    for (const [session, count] of heard) query.set(session, String(count));
    try {
      const answer = await fetch(`news?${query}`);
      return answer.ok ? await answer.json() as News : null;
    } catch {
      return null;
    }
  };

  const watch = async (): Promise<void> => {
    const told = await news();
    setTimeout(() => void watch(), EVERY);
    byId("lost").hidden = told !== null;
    collect(windows.entries());
    if (!told) return;
    for (const { session } of told.entries) heard.set(session, (heard.get(session) ?? 0) + 1);
    missing = told.missing;
    collect(told.entries);
    draw(told.records);
  };

  const on = (id: string, act: () => void): void => byId(id).addEventListener("click", act);
  on("start", () => void restart());
  on("start-again", () => void restart());
  on("start-so", () => void restart());
  on("leave", () => void leave("leave"));
  on("close", () => void leave("close"));
  on("forget", () => void forget());
  on("second", () => {
    const tab = window.open("about:blank");
    if (tab) void launch(tab);
  });
  on("copy", () => {
    void navigator.clipboard.writeText(journal.text(filtered())).then(() => { byId("copied").textContent = say("copied"); });
  });
  on("save-text", () => download("lms-log.txt", "text/plain", journal.text(filtered())));
  on("save-json", () => download("lms-log.json", "application/json", journal.json(filtered())));
  for (const name of ["all", "sets", "mistakes"] as const) byId(`filter-${name}`).addEventListener("change", () => filter(name));
  byId("faults").addEventListener("change", () => {
    const faults = chosenFaults(byId("faults"));
    windows.faults(faults);
    void post("faults", { faults });
    byId("faults-now").hidden = faults.length === 0;
    byId("faults-now").textContent = say("faults_now", { count: faults.length });
  });
  byId("network").addEventListener("change", ({ target }) => {
    const cut = target instanceof HTMLInputElement && target.checked;
    void post("network", { cut });
    byId("network-now").hidden = !cut;
  });
  document.getElementById("unit")?.addEventListener("change", () => void restart());

  filter("all");
  void launch().then(watch);
}

start(JSON.parse(byId("page").textContent ?? "") as Page);
