/** Where the learner's answers are kept: three places, nothing chosen beforehand, to be changed at any time. */
import type { Keep } from "../data.js";
import type { Session } from "../session-types.js";
import type { App } from "./app.js";
import { actions, button, type Child, freshId, h, para } from "./dom.js";
import { group, option } from "./fields.js";
import { t } from "./texts.js";

/** The places there are here, widest first: no LMS, no storage, then not those. */
export function places(session: Session): Keep[] {
  const found: Keep[] = ["not"];
  if (session.device) found.unshift("device");
  if (session.where === "lms") found.unshift("lms");
  return found;
}

/** The question itself. `done` is called once a place was chosen. */
export function keepForm(app: App, intro: string, done: () => void, ...more: Child[]): HTMLElement {
  const { session } = app;
  const name = freshId();
  const now = session.state().keep;
  const problem = h("p.problem", { role: "status" });
  let chosen = now;
  const submit = (): void => {
    if (chosen === null) {
      problem.textContent = t("keep_choose");
      form.querySelector("input")!.focus();
      return;
    }
    session.dispatch({ do: "keep", where: chosen });
    done();
  };
  const choice = (place: Keep): HTMLElement =>
    option("radio", name, [h("b", t(`keep_${place}`)), h("span.option__more", t(`keep_${place}_more`))], now === place, () => {
      chosen = place;
      problem.textContent = "";
    });
  const form = h(
    ".form.keep",
    group(t("keep_question"), para(intro), h(".options", places(session).map(choice))),
    problem,
    actions(button("primary-action", submit, t("keep_submit")), more),
  );
  return form;
}
