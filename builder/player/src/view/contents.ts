/** The first screen: what the course is, how far one is, its lessons, and one button to go on. */
import { progress, remaining } from "../core.js";
import type { Course, Lesson } from "../data.js";
import type { State } from "../core-types.js";
import type { App } from "./app.js";
import { actions, button, get, h, heading, icon, prose } from "./dom.js";
import { progressBar } from "./meters.js";
import { t } from "./texts.js";

export function contentsView(app: App): HTMLElement {
  const { session } = app;
  const { course } = session;
  const state = session.state();
  const next = following(course, state);
  const done = course.lessons.filter((_, index) => remaining(course, state, index).left === 0).length;
  const fresh = state.done.length === 0 && Object.keys(state.runs).length === 0;
  return h(
    ".contents",
    h(
      "section.hero",
      h(
        ".hero__inner",
        h(
          ".hero__text",
          heading(1, course.title),
          h(".hero__intro", prose("intro") ?? t("tagline")),
          next
            ? button(
                "primary-action",
                () => session.dispatch({ do: "go", place: { at: "step", ...next } }),
                fresh ? t("begin") : t("resume", { title: course.lessons[next.lesson]!.title }),
                icon("next"),
              )
            : h("p", t("all_done")),
          progress(course, state).complete && button("secondary-action", () => get("leave").click(), t("finish")),
        ),
        icon("tip"),
      ),
    ),
    h(
      "section.sea",
      icon("wave"),
      h(
        ".sea__inner",
        icon("berg"),
        heading(2, t("lessons")),
        progressBar(t("lessons_done", { done, of: course.lessons.length }), done, course.lessons.length),
        h(
          "ol.lessons", { role: "list" },
          course.lessons.map((lesson, index) => card(app, state, lesson, index, next?.lesson === index)),
        ),
      ),
    ),
  );
}

/** Where to go on: the first step not done in the first lesson that has one. */
function following(course: Course, state: State): { lesson: number; step: number } | null {
  for (const [lesson, { steps }] of course.lessons.entries()) {
    const step = steps.findIndex(({ code }) => !state.done.includes(code));
    if (step >= 0) return { lesson, step };
  }
  return null;
}

function card({ session }: App, state: State, lesson: Lesson, index: number, current: boolean): HTMLElement {
  const { left, of } = remaining(session.course, state, index);
  const go = (step: number) => (): void => void session.dispatch({ do: "go", place: { at: "step", lesson: index, step } });
  const words = left === 0 ? t("lesson_done") : t("lesson_left", { left, of });
  const first = lesson.steps.findIndex(({ code }) => !state.done.includes(code));
  return h(
    "li.lesson",
    h(
      ".lesson__head",
      heading(3, t("lesson_title", { number: index + 1, title: lesson.title })),
      h("span.kicker", t("minutes", { count: lesson.minutes, minutes: lesson.minutes })),
    ),
    progressBar(words, of - left, of),
    h(
      "details",
      { open: current && of > 0 },
      h("summary", t("lesson_steps", { title: lesson.title })),
      h(
        "ol.steps", { role: "list" },
        lesson.steps.map((step, at) => {
          const done = state.done.includes(step.code);
          return h(
            done ? "li.done" : "li",
            h(
              "button",
              { type: "button", click: go(at) },
              icon(done ? "tick" : "open"),
              h("span", step.title),
              h("small", t(done ? "done" : `kind_${step.kind}`)),
            ),
          );
        }),
      ),
    ),
    actions(button(
        "secondary-action",
        go(Math.max(first, 0)),
        t(left === of ? "lesson_begin" : left ? "lesson_resume" : "lesson_again", { title: lesson.title }),
      ),
    ),
  );
}
