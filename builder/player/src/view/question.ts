/** A knowledge check: answer, look, and read what there is to say about each option. Nothing is counted. */
import type { Question } from "../data.js";
import type { App } from "./app.js";
import { button, freshId, h, heading, icon, para, prose } from "./dom.js";
import { frame, goals, type Here, onwards } from "./frame.js";
import { option } from "./fields.js";
import { t } from "./texts.js";

export function questionView(app: App, here: Here, question: Question): HTMLElement {
  const { session } = app;
  const ticked = session.state().checks[question.key];
  const name = freshId();
  const problem = h("p", { class: "owl-problem", role: "status" });
  const form = h(
    "div",
    { class: "owl-form" },
    h(
      "fieldset",
      { class: "owl-fieldset" },
      h("legend", { class: "utrecht-form-label" }, t(question.multiple ? "pick_more" : "pick_one")),
      h(
        "div",
        { class: "owl-options" },
        question.options.map(({ text }, index) =>
          option(
            question.multiple ? "checkbox" : "radio",
            name,
            text,
            !!ticked?.includes(index),
            () => problem.replaceChildren(),
            String(index),
          ),
        ),
      ),
    ),
    problem,
    h(
      "div",
      { class: "owl-actions" },
      button(
        ticked ? "secondary-action" : "primary-action",
        () => {
          const chosen = [...form.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => Number(value));
          if (chosen.length === 0) problem.textContent = t("pick_first");
          else {
            session.dispatch({ do: "check", question: question.key, ticked: chosen });
            document.getElementById("feedback")?.focus();
          }
        },
        t(ticked ? "check_again" : "check"),
      ),
    ),
  );
  return frame(
    here,
    t("question"),
    question.title,
    goals(here),
    prose(question.template),
    form,
    ticked && feedback(question, ticked),
    onwards(app, here, ticked ? "primary-action" : "secondary-action"),
  );
}

function feedback(question: Question, ticked: readonly number[]): HTMLElement {
  const right = question.options.every(({ correct }, index) => correct === ticked.includes(index));
  const title = heading(2, t(right ? "check_right" : "check_other"));
  title.id = "feedback";
  title.tabIndex = -1;
  return h(
    "section",
    { class: "owl-feedback", "aria-labelledby": "feedback" },
    title,
    h(
      "ul",
      { role: "list" },
      question.options.map((each, index) => {
        const mine = ticked.includes(index);
        if (!mine && !each.correct) return null;
        return h(
          "li",
          { class: each.correct ? "owl-right" : "owl-other" },
          h(
            "p",
            null,
            icon(each.correct ? "tick" : "warn"),
            h("span", null, h("b", null, t(each.correct ? (mine ? "option_right" : "option_missed") : "option_wrong")), ` ${each.text}`),
          ),
          each.feedback && (prose(each.feedback) ?? para(each.feedback)),
        );
      }),
    ),
  );
}
