/** A knowledge check: answer, look, and read what there is to say about each option. Nothing is counted. */
import type { Question } from "../data.js";
import type { App } from "./app.js";
import { actions, button, freshId, h, heading, icon, para, prose } from "./dom.js";
import { frame, goals, type Here, onwards } from "./frame.js";
import { group, option } from "./fields.js";
import { t } from "./texts.js";

export function questionView(app: App, here: Here, question: Question): HTMLElement {
  const { session } = app;
  const ticked = session.state().checks[question.key];
  const name = freshId();
  const problem = h("p.problem", { role: "status" });
  const chosen = new Set(ticked);
  const choice = ({ text }: Question["options"][number], index: number): HTMLElement =>
    option(question.multiple ? "checkbox" : "radio", name, text, chosen.has(index), () => {
      if (!question.multiple) chosen.clear();
      if (!chosen.delete(index)) chosen.add(index);
      problem.textContent = "";
    });
  const check = (): void => {
    if (chosen.size === 0) {
      problem.textContent = t("pick_first");
      return;
    }
    session.dispatch({ do: "check", question: question.key, ticked: [...chosen] });
    document.getElementById("feedback")!.focus();
  };
  const form = h(
    ".form",
    group(t(question.multiple ? "pick_more" : "pick_one"), h(".options", question.options.map(choice))),
    problem,
    actions(button(ticked ? "secondary-action" : "primary-action", check, t(ticked ? "check_again" : "check"))),
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
    "section.feedback", { "aria-labelledby": "feedback" },
    title,
    h(
      "ul",
      { role: "list" },
      question.options.map((each, index) => {
        const mine = ticked.includes(index);
        if (!mine && !each.correct) return null;
        return h(
          each.correct ? "li.right" : "li.other",
          h(
            "p", icon(each.correct ? "tick" : "warn"),
            h("span", h("b", t(each.correct ? (mine ? "option_right" : "option_missed") : "option_wrong")), ` ${each.text}`),
          ),
          each.feedback && (prose(each.feedback) ?? para(each.feedback)),
        );
      }),
    ),
  );
}
