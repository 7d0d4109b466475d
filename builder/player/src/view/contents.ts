/** The first screen: what the course is, how far one is, its lessons, and one button to go on. */
import { progress, remaining } from "../core.js";
import type { Course, Lesson } from "../data.js";
import type { State } from "../core-types.js";
import type { App } from "./app.js";
import { button, drawing, h, heading, icon, para, prose, wave } from "./dom.js";
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
    "div",
    { class: "owl-contents" },
    h(
      "section",
      { class: "owl-hero" },
      h(
        "div",
        { class: "owl-hero__inner" },
        h(
          "div",
          { class: "owl-hero__text" },
          heading(1, course.title),
          prose("intro") ?? para(t("tagline"), "owl-hero__intro"),
          next
            ? button(
                "primary-action",
                () => session.dispatch({ do: "go", place: { at: "step", ...next } }),
                fresh ? t("begin") : t("resume", { title: course.lessons[next.lesson]!.title }),
                icon("next"),
              )
            : para(t("all_done"), "owl-all-done"),
          progress(course, state).complete && button("secondary-action", app.leave, t("finish")),
        ),
        tip(),
      ),
    ),
    h(
      "section",
      { class: "owl-sea" },
      wave(),
      h(
        "div",
        { class: "owl-sea__inner" },
        body(),
        heading(2, t("lessons")),
        progressBar(t("lessons_done", { done, of: course.lessons.length }), done, course.lessons.length),
        h(
          "ol",
          { class: "owl-lessons", role: "list" },
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
    "li",
    { class: "owl-lesson" },
    h(
      "div",
      { class: "owl-lesson__head" },
      heading(3, t("lesson_title", { number: index + 1, title: lesson.title })),
      h("span", { class: "owl-kicker" }, t("minutes", { count: lesson.minutes, minutes: lesson.minutes })),
    ),
    progressBar(words, of - left, of),
    h(
      "details",
      { open: current && of > 0 },
      h("summary", null, t("lesson_steps", { title: lesson.title })),
      h(
        "ol",
        { class: "owl-steps", role: "list" },
        lesson.steps.map((step, at) => {
          const done = state.done.includes(step.code);
          return h(
            "li",
            { class: done && "owl-done" },
            h(
              "button",
              { type: "button", onclick: go(at) },
              icon(done ? "tick" : "open"),
              h("span", null, step.title),
              h("small", null, t(done ? "done" : `kind_${step.kind}`)),
            ),
          );
        }),
      ),
    ),
    h(
      "div",
      { class: "owl-actions" },
      button(
        "secondary-action",
        go(Math.max(first, 0)),
        t(left === of ? "lesson_begin" : left ? "lesson_resume" : "lesson_again", { title: lesson.title }),
      ),
    ),
  );
}

/** The iceberg's tip, above the line. */
function tip(): SVGElement {
  return drawing("0 0 352 200", "owl-ice owl-ice--tip", [
    ["owl-ice__light", "M40 200l38-74 30-14 26-58 38-50 44 62 30-6 38 74 38 66z"],
    ["owl-ice__shade", "M172 4l44 62 30-6 38 74 38 66H204l-10-72 8-50z"],
    ["owl-ice__light", "M216 66l30-6 38 74 38 66h-48l-26-60z"],
  ]);
}

/** The rest of it. */
function body(): SVGElement {
  return drawing("0 0 352 480", "owl-ice owl-ice--body", [
    ["owl-ice__below", "M40 0h282l24 74-20 92-52 70-14 96-72 148-66-108-62-52-32-118-22-88z"],
    ["owl-ice__deep", "M204 0h118l24 74-20 92-52 70-14 96-72 148 10-196 36-104z"],
    ["owl-ice__deep", "M28 202l84 52 28 118 48 108-66-108-62-52z"],
  ]);
}
