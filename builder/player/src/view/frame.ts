/** The frame of a step: where one is in the lesson, its heading, the way on and back. */
import type { Lesson, Step } from "../data.js";
import type { App } from "./app.js";
import { button, type Child, h, heading, icon, para } from "./dom.js";
import { progressBar } from "./meters.js";
import { t } from "./texts.js";

export interface Here {
  lesson: Lesson;
  /** Indices, from 0. */
  at: { lesson: number; step: number };
  step: Step;
}

/** A screen of a lesson; `title` is its one heading of the first level. */
export function frame(here: Here, kicker: string, title: string, ...children: Child[]): HTMLElement {
  const { lesson, at } = here;
  const of = lesson.steps.length;
  const words = t("step_of", { step: at.step + 1, of });
  return h(
    "article.page",
    h(
      ".title",
      h("p.kicker", t("lesson_title", { number: at.lesson + 1, title: lesson.title })),
      progressBar(words, at.step + 1, of),
    ),
    h(".title", kicker && h("p.time", kicker), heading(1, title)),
    children,
  );
}

/** What one can do after a lesson, above its first step. */
export function goals({ lesson, at }: Here): HTMLElement | false {
  return (
    at.step === 0 &&
    lesson.goals.length > 0 &&
    h(
      "section.goals",
      para(t("lesson_takes", { minutes: lesson.minutes })),
      heading(2, t("goals")),
      h("ul.lesson__goals", lesson.goals.map((goal) => h("li", goal))),
    )
  );
}

/** Back and on. `on`: whether going on is the thing to do here, or one of two ways. */
export function onwards({ session }: App, { lesson, at }: Here, on: "primary-action" | "secondary-action"): HTMLElement {
  const last = at.step === lesson.steps.length - 1;
  return h(
    "nav.actions.actions--apart", { "aria-label": t("steps_label") },
    button("subtle", () => session.dispatch({ do: "previous" }), icon("back"), t(at.step ? "previous" : "contents")),
    button(on, () => session.dispatch({ do: "next" }), t(last ? "lesson_end" : "next"), icon("next")),
  );
}
