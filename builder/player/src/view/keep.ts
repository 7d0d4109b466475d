/** Where the learner's answers are kept: three places, nothing chosen beforehand, to be changed at any time. */
import type { Keep } from "../data.js";
import type { Session } from "../session-types.js";
import type { App } from "./app.js";
import { button, type Child, freshId, h, para } from "./dom.js";
import { option } from "./fields.js";
import { t } from "./texts.js";

/** The places there are here, widest first: no LMS, no storage, then not those. */
export function places(session: Session): Keep[] {
  const found: Keep[] = ["not"];
  if (session.device) found.unshift("device");
  if (session.where === "lms") found.unshift("lms");
  return found;
}

/** The question itself. `done` is called once a place was chosen. */
export function keepForm(app: App, intro: string, done?: () => void, ...more: Child[]): HTMLElement {
  const { session } = app;
  const name = freshId();
  const now = session.state().keep;
  const problem = h("p", { class: "owl-problem", role: "status" });
  const form = h(
    "form",
    {
      class: "owl-form owl-keep",
      onsubmit: (event: Event) => {
        event.preventDefault();
        const chosen = form.querySelector<HTMLInputElement>("input:checked")?.value as Keep | undefined;
        if (!chosen) {
          problem.textContent = t("keep_choose");
          form.querySelector("input")?.focus();
          return;
        }
        session.dispatch({ do: "keep", where: chosen });
        if (done) done();
        else document.querySelector<HTMLElement>("#main textarea, #main input")?.focus();
      },
    },
    h(
      "fieldset",
      { class: "owl-fieldset" },
      h("legend", { class: "utrecht-form-label owl-legend" }, t("keep_question")),
      para(intro),
      h(
        "div",
        { class: "owl-options" },
        places(session).map((place) =>
          option(
            "radio",
            name,
            [h("b", null, t(`keep_${place}`)), h("span", { class: "owl-option__more" }, t(`keep_${place}_more`))],
            now === place,
            () => problem.replaceChildren(),
            place,
          ),
        ),
      ),
    ),
    problem,
    h("div", { class: "owl-actions" }, submit(), more),
  );
  return form;
}

function submit(): HTMLButtonElement {
  const element = button("primary-action", () => undefined, t("keep_submit"));
  element.type = "submit";
  return element;
}
