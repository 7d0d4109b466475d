/** A reflection: where the answer is kept and who can see it, and the answer. */
import { find, icon, placeOf, t } from "player";
import type { Keep, Reflection } from "../data.js";
import type { App } from "../view/app.js";
import { keepForm, places } from "./keep.js";

/** Whether going on is the thing to do now. */
export function reflectionView(app: App, view: HTMLElement, question: Reflection): boolean {
  if (app.session.state().keep === null && question.keep !== "not") {
    find(view, ".owl-form").replaceWith(keepForm(app, false));
    return false;
  }
  answerForm(app, view, question);
  return true;
}

/** Makes the form in `view` (`templates/answer.html`) work; whoever wants a day has a form of its own. */
export function answerForm(app: App, view: HTMLElement, question: Reflection): void {
  (question.kind === "open" ? writing : picking)(app, view, question);
}

/** Where this answer is kept, in plain words; and why, when that is narrower than the learner chose. */
export function whoSees({ session }: App, view: HTMLElement, question: Reflection): void {
  const state = session.state();
  const place = at(session, placeOf(session.course, state, question.key));
  const own = state.answers[question.key]?.keep ?? "lms";
  const narrowed = state.keep !== null && at(session, state.keep) !== place;
  const why = narrowed ? `${t(own === place && question.keep !== place ? "narrowed_here" : "narrowed")} ` : "";
  const kept = find(view, ".owl-kept");
  icon(kept, place === "lms" ? "eye" : "lock");
  find(kept, "span").textContent = why + t(`kept_${place}`);
}

/** Where what belongs in `place` is in fact: without an LMS there is only this device; without storage only the screen. */
export function at(session: App["session"], place: Keep): Keep {
  const possible = places(session);
  if (possible.includes(place)) return place;
  return place === "lms" && possible.includes("device") ? "device" : "not";
}

function picking(app: App, view: HTMLElement, question: Reflection): void {
  const { session } = app;
  const reflection = question.key;
  for (const radio of view.querySelectorAll("input")) {
    radio.checked = radio.value === session.state().answers[reflection]?.text;
    radio.onchange = () => session.dispatch({ do: "answer", reflection, text: radio.value });
  }
  whoSees(app, view, question);
}

function writing(app: App, view: HTMLElement, question: Reflection): void {
  const { session, drafts } = app;
  const { key, maximum } = question;
  const area = find<HTMLTextAreaElement>(view, "textarea");
  const problem = find(view, ".owl-problem");
  const [words, move] = [...problem.children];
  problem.replaceChildren();
  area.value = drafts.get(key) ?? session.state().answers[key]?.text ?? "";

  const refresh = (): void => {
    const { length } = area.value;
    const over = length - maximum;
    const draft = drafts.has(key);
    const unplaced = draft && over <= 0 && !session.fits(key, area.value);
    const place = at(session, placeOf(session.course, session.state(), key));
    const room = place === "lms" && session.room() < maximum ? ` ${t("room", { room: Math.max(0, session.room()) })}` : "";
    find(view, ".owl-count").textContent = t("count", { count: length, maximum }) + room;
    whoSees(app, view, question);
    if (draft) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
    area.classList.toggle("utrecht-textarea--invalid", draft);
    const told = over > 0 ? t("too_long", { count: over, over }) : unplaced ? t(session.device ? "no_room" : "no_room_at_all") : "";
    if (problem.dataset.told === told) return; // said once, not at each key
    problem.dataset.told = words!.textContent = told;
    problem.replaceChildren(...(told ? [words!] : []), ...(unplaced && session.device ? [move!] : []));
  };
  const store = (keep?: Keep): void => {
    const text = area.value;
    const taken =
      text.length <= maximum &&
      (session.dispatch({ do: "answer", reflection: key, text, ...(keep && { keep }) }) || session.state().answers[key]?.text === text);
    if (taken) drafts.delete(key);
    else drafts.set(key, text);
    refresh();
  };
  (move as HTMLElement).onclick = () => {
    store("device");
    area.focus();
    app.announce(t("kept_device"));
  };
  area.oninput = () => store();
  area.onblur = () => session.flush();
  refresh();
}
