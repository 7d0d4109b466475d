/** The first screen: how far one is in the course and in each lesson, and one button to go on. */
import { progress, remaining } from "../core.js";
import type { Course } from "../data.js";
import type { Action, State } from "../core-types.js";
import type { App } from "./app.js";
import { fill, find, icon, one } from "./dom.js";
import { progressBar } from "./meters.js";
import { t } from "./texts.js";

export function contentsView({ session }: App): HTMLElement {
  const { course } = session;
  const state = session.state();
  const next = following(course, state);
  const fresh = state.done.length === 0 && Object.keys(state.runs).length === 0;
  const view = one("contents-screen");
  let finished = 0;

  course.lessons.forEach(({ title, steps }, index) => {
    const card = view.querySelectorAll(".owl-lesson")[index]!;
    const { left, of } = remaining(course, state, index);
    if (left === 0) finished += 1;
    progressBar(find(card, ".owl-progress"), left ? t("lesson_left", { left, of }) : t("lesson_done"), of - left, of);
    find<HTMLDetailsElement>(card, "details").open = next?.lesson === index;
    card.querySelectorAll(".owl-steps li").forEach((item, at) => {
      if (!state.done.includes(steps[at]!.code)) return;
      item.className = "owl-done";
      icon(item, "tick");
      find(item, "small").textContent = t("done");
    });
    const first = steps.findIndex(({ code }) => !state.done.includes(code));
    const button = find(card, ".owl-actions button");
    button.textContent = t(left === of ? "lesson_begin" : left ? "lesson_resume" : "lesson_again", { title });
    button.dataset.act = going(index, Math.max(first, 0));
  });

  progressBar(find(view, ".owl-sea .owl-progress"), t("lessons_done", { done: finished, of: course.lessons.length }), finished, course.lessons.length);
  if (next) find(view, "[data-part=next]").dataset.act = going(next.lesson, next.step);
  fill(view, {
    next: !!next,
    "next-words": !!next && (fresh ? t("begin") : t("resume", { title: course.lessons[next.lesson]!.title })),
    "all-done": !next,
    finish: progress(course, state).complete,
  });
  return view;
}

function going(lesson: number, step: number): string {
  return JSON.stringify({ do: "go", place: { at: "step", lesson, step } } satisfies Action);
}

/** Where to go on: the first step not done in the first lesson that has one. */
function following(course: Course, state: State): { lesson: number; step: number } | null {
  for (const [lesson, { steps }] of course.lessons.entries()) {
    const step = steps.findIndex(({ code }) => !state.done.includes(code));
    if (step >= 0) return { lesson, step };
  }
  return null;
}
