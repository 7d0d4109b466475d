/** What has to be told, and asked before anything else. */
import { progress } from "../core.js";
import type { Notice, State } from "../core-types.js";
import type { Course } from "../data.js";
import type { App } from "./app.js";
import { fill, find, get, one, type Parts } from "./dom.js";
import { t } from "./texts.js";

const told = new Set<string>();

/** Notices that stand above the screen until the learner has read them. */
export function notices(app: App): HTMLElement[] {
  const { session } = app;
  const { course, mode, missing, where } = session;
  const state = session.state();
  const view = one("notices");
  const parts: Parts = { changes: state.notices.length > 0 };
  const once = [`mode_${mode}`, missing ? (where === "memory" ? "missing_memory" : "missing") : where === "memory" ? "memory_only" : ""];
  // The course grew, or was begun anew: the status stands.
  if (session.complete && !progress(course, state).complete) once.push("finished_before");
  for (const key of once) parts[key] = !told.has(key);
  const changes = find(view, "[data-part=changes]");
  for (const notice of state.notices) changes.lastElementChild!.before(para(words(notice, course, state)));
  fill(view, parts);
  for (const key of session.unplaced()) {
    const question = course.reflections[key];
    if (!question) continue;
    const notice = one("unplaced");
    find(notice, "p").textContent = t(session.device ? "unplaced" : "unplaced_at_all", { question: question.question });
    find<HTMLButtonElement>(notice, "button").value = key;
    fill(notice, { device: session.device });
    view.append(notice);
  }
  app.on.understood = ({ value }) => {
    told.add(value);
    app.redraw();
  };
  app.on.move = ({ value }) => {
    session.dispatch({ do: "answer", reflection: value, text: state.answers[value]?.text ?? "", keep: "device" });
    app.redraw();
  };
  return view.firstElementChild ? [view] : [];
}

function para(text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "utrecht-paragraph";
  element.textContent = text;
  return element;
}

/** What changed, in which lesson, how far what was kept goes, and what to do. */
function words(notice: Notice, { lessons, scenarios }: Course, { done }: State): string {
  const key = `notice_${notice.kind.replace("-", "_")}`;
  if (!("scenario" in notice)) return t(key);
  const { title, scenes } = scenarios[notice.scenario]!;
  const place = lessons.flatMap(({ number, steps }) => steps.filter(({ kind, key }) => kind === "scenario" && key === notice.scenario).map(({ code }) => ({ number, code })))[0]!;
  const at = "scene" in notice ? scenes[notice.scene!]! : null;
  const how = notice.kind !== "changed" || (at && at.kind !== "ending") ? "" : at ? "_end" : "_all";
  const said = t(key + how, { title, scene: at?.title ?? "", number: place.number });
  return notice.kind === "changed" && done.includes(place.code) ? `${said} ${t("notice_done")}` : said;
}

/** A question before anything else, as a screen of its own. Starting anew over a newer save is asked twice. */
export function offerView({ session, on }: App): HTMLElement | null {
  const kind = session.offer()?.kind;
  if (!kind) return null;
  on.accept = () => session.acceptOffer();
  on.decline = ({ value }) => {
    if (value !== "offer-newer") return session.declineOffer();
    const again = one("offer-sure");
    get("main").replaceChildren(again);
    find(again, "h1").focus();
  };
  return one(`offer-${kind}`);
}
