/** One's own plan and answers, gathered, with a way back to each, and as files made here. */
import { fill, find, get, icon, one, t } from "player";
import type { Place } from "../core-types.js";
import type { Keep } from "../data.js";
import type { App } from "../view/app.js";
import { asCalendar } from "./calendar.js";
import { gather, type Intention, type Noted } from "./gather.js";
import { at } from "./reflection.js";
import { asText, dayInWords, sentence } from "./words.js";

/** Addresses of the files on the screen; the browser holds what they lead to until they are given up. */
const files: string[] = [];

export function planView(app: App, view: HTMLElement): void {
  const { session, drafts } = app;
  const { course } = session;
  const state = session.state();
  const found = gather(course, state, drafts);
  const plan = one("plan");
  find(view, "[data-plan]").replaceWith(plan);
  find(plan, "[data-intentions]").append(...found.intentions.map((each) => intention(app, each)));
  find(plan, "[data-answers]").append(
    ...found.chapters.map(({ number, title, answers }) => {
      const chapter = one("plan-chapter");
      find(chapter, "h3").textContent = t("lesson_title", { number, title });
      find(chapter, "dl").append(...answers.map((each) => answer(app, each)));
      return chapter;
    }),
  );
  if (found.strays.length) {
    const chapter = one("plan-chapter");
    find(chapter, "h3").textContent = t("plan_strays");
    find(chapter, "dl").append(
      ...found.strays.map((words) => {
        const item = one("plan-answer");
        fill(item, { question: t("plan_stray"), words });
        about(app, item, "lms", "", "", null);
        return item;
      }),
    );
    find(plan, "[data-answers]").append(chapter);
  }
  const answers = found.chapters.length + found.strays.length > 0;
  const dated = found.intentions.some(({ day }) => day !== "");
  const all = asText(course, found, session.now());
  const some = answers || found.intentions.length > 0;
  fill(plan, {
    empty: !some,
    some,
    intentions: found.intentions.length > 0,
    answers,
    calendar: dated,
    dateless: some && !dated,
  });
  if (some) {
    files.splice(0).forEach((file) => URL.revokeObjectURL(file));
    offer(plan, "text", "text/plain", all);
    if (dated) offer(plan, "calendar", "text/calendar", asCalendar(course, found.intentions, state.seed, session.now()));
    copying(app, plan, all);
  }
  app.on.change = ({ value }) => {
    const [key, place] = JSON.parse(value) as [string, Place];
    session.dispatch({ do: "go", place });
    get("main").querySelector<HTMLElement>(`[data-asked="${key}"] :is(textarea, input)`)?.focus();
  };
}

function intention(app: App, { key, title, when, then, day, keep, place }: Intention): HTMLElement {
  const item = one("plan-intention");
  fill(item, {
    title,
    sentence: sentence({ when, then }),
    day: day && t("plan_day", { day: dayInWords(day, app.session.course.language) }),
    change: place !== null,
  });
  about(app, item, keep, key, title, place);
  return item;
}

function answer(app: App, { reflection, words, keep, place }: Noted): HTMLElement {
  const item = one("plan-answer");
  fill(item, { question: reflection.question, words, change: place !== null });
  about(app, item, keep, reflection.key, reflection.question, place);
  return item;
}

/** Where it is kept, and the way to change it. */
function about({ session }: App, item: HTMLElement, keep: Keep, key: string, name: string, place: Place | null): void {
  const where = at(session, keep);
  const kept = find(item, ".owl-kept");
  icon(kept, where === "lms" ? "eye" : "lock");
  find(kept, "span").textContent = t(`plan_kept_${where}`);
  const change = item.querySelector<HTMLButtonElement>("button");
  if (!change) return;
  change.value = JSON.stringify([key, place]);
  find(change, "span").textContent = t("plan_change_what", { name });
}

function offer(plan: HTMLElement, name: string, type: string, content: string): void {
  const file = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  files.push(file);
  find<HTMLAnchorElement>(plan, `[data-file=${name}]`).href = file;
}

/** A frame may forbid downloads without a word: the text itself stands beside them. */
function copying(app: App, plan: HTMLElement, all: string): void {
  const area = find<HTMLTextAreaElement>(plan, "textarea");
  area.value = all;
  app.on.copy = () => {
    area.select();
    const copied = document.execCommand("copy");
    find(plan, "[data-copied]").textContent = t(copied ? "plan_copied" : "plan_copy_yourself");
  };
}
