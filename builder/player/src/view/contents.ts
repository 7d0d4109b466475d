/** The first screen: how far one is in the course and in each lesson, and one button to go on. */
import { progress, remaining } from "../core.js";
import type { App } from "./app.js";
import { fill, find, icon, one } from "./dom.js";
import { progressBar } from "./meters.js";
import { t } from "./texts.js";

export function contentsView({ session }: App): HTMLElement {
  const { course } = session;
  const state = session.state();
  const { lessons } = course;
  const fresh = state.done.length === 0 && Object.keys(state.runs).length === 0;
  const view = one("contents-screen");
  const cards = view.querySelectorAll(".owl-lesson");
  const lefts = lessons.map((_, index) => remaining(course, state, index));
  const next = lefts.findIndex(({ left }) => left > 0);

  lefts.forEach(({ left, of }, index) => {
    const { title, steps } = lessons[index]!;
    const card = cards[index]!;
    progressBar(find(card, ".owl-progress"), left ? t("lesson_left", { left, of }) : t("lesson_done"), of - left, of);
    find<HTMLDetailsElement>(card, "details").open = index === next;
    card.querySelectorAll(".owl-steps li").forEach((item, at) => {
      if (!state.done.includes(steps[at]!.code)) return;
      item.className = "owl-done";
      icon(item, "tick");
      find(item, "small").textContent = t("done");
    });
    // On with the first step that is not done; where all are, again from the first.
    const { act } = find(card, `li${left ? ":not(.owl-done)" : ""} button`).dataset;
    const button = find(card, ".owl-actions button");
    button.textContent = t(left === of ? "lesson_begin" : left ? "lesson_resume" : "lesson_again", { title });
    button.dataset.act = act;
    if (index === next) find(view, "[data-part=next]").dataset.act = act;
  });

  const done = lefts.filter(({ left }) => left === 0).length;
  const whole = view.querySelector<HTMLElement>(".owl-sea__inner > .owl-progress"); // none where the course is one of its lessons
  if (whole) progressBar(whole, t("lessons_done", { done, of: lessons.length }), done, lessons.length);
  const title = lessons[next]?.title;
  fill(view, {
    next: !!title,
    "next-words": !!title && t(fresh ? "begin" : "resume", { title }),
    "all-done": !title,
    finish: progress(course, state).complete,
  });
  return view;
}
