/** The debrief's own questions. Where answers are kept is asked first, in the place of the first one. */
import { find, get, one } from "player";
import type { Reflection } from "../data.js";
import type { App } from "../view/app.js";
import { keepForm } from "./keep.js";
import { answerForm, whoSees } from "./reflection.js";

export function asked(app: App, view: HTMLElement): void {
  const { course, state } = app.session;
  const groups = [...view.querySelectorAll<HTMLElement>(".owl-asked")];
  const questions = [...view.querySelectorAll<HTMLElement>("[data-asked]")].map((form) => [form, course.reflections[form.dataset.asked!]!] as const);
  app.on["keep-go"] = () => find(get("main"), ".owl-keep input").focus();
  if (state().keep === null && questions.some(([, { keep }]) => keep !== "not")) {
    groups.forEach((group, index) => group.replaceChildren(index ? one("first-keep") : keepForm(app, false)));
    return;
  }
  for (const [form, question] of questions) (question.kind === "date" ? day : answerForm)(app, form, question);
  for (const group of groups) {
    const tidy = (): void => onceKept(group);
    for (const event of ["input", "click"]) group.addEventListener(event, tidy);
    tidy();
  }
}

/** Where a whole group is kept in one place, that is told once, at its end. */
function onceKept(group: Element): void {
  const told = [...group.querySelectorAll<HTMLElement>(".owl-kept")];
  told.forEach((kept, index) => (kept.hidden = kept.textContent === told[index + 1]?.textContent));
}

function day(app: App, form: HTMLElement, question: Reflection): void {
  const { session } = app;
  const reflection = question.key;
  const input = find<HTMLInputElement>(form, "input");
  input.value = (session.state().answers[reflection]?.text ?? "").replace(/^(.{4})(..)/, "$1-$2-");
  input.onchange = () => session.dispatch({ do: "answer", reflection, text: input.value.replace(/-/g, "") });
  input.onblur = () => session.flush();
  whoSees(app, form, question);
}
