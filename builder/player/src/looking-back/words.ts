/** The plan and all answers as one text, to keep or to print: Markdown that reads well as it is. */
import { t } from "player";
import type { Course } from "../data.js";
import type { Gathered, Intention } from "./gather.js";

/** A day (YYYYMMDD) in the words of the course's language. */
export function dayInWords(day: string, language: string): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map(Number);
  return moment(Date.UTC(year!, month! - 1, date), language, { timeZone: "UTC" });
}

/** `now`: milliseconds since 1970, UTC. */
export function asText({ title, language }: Course, { intentions, chapters, strays }: Gathered, now: number): string {
  const lines = [`# ${title}: ${t("plan_title")}`, "", t("plan_made", { day: moment(now, language, {}) }), ""];
  if (intentions.length) lines.push(`## ${t("plan_intentions")}`, "");
  for (const each of intentions) {
    lines.push(`### ${each.title}`, "", ...cited(sentence(each)));
    if (each.day) lines.push("", t("plan_day", { day: dayInWords(each.day, language) }));
    lines.push("");
  }
  if (chapters.length + strays.length) lines.push(`## ${t("plan_answers")}`, "");
  for (const chapter of chapters) {
    lines.push(`### ${t("lesson_title", { number: chapter.number, title: chapter.title })}`, "");
    for (const { reflection, words } of chapter.answers) lines.push(`**${reflection.question}**`, "", ...cited(words), "");
  }
  if (strays.length) lines.push(`### ${t("plan_strays")}`, "");
  for (const words of strays) lines.push(...cited(words), "");
  return lines.join("\n");
}

/** "Als … dan …" as one sentence; what is still open shows as dots. */
export function sentence({ when, then }: Pick<Intention, "when" | "then">): string {
  return t("plan_sentence", { when: when || "…", then: then || "…" }).replace(/([?!\u2026])\.$/, "$1");
}

/** As a citation: whatever somebody wrote, it stays within its place. */
function cited(words: string): string[] {
  return words.split("\n").map((line) => `> ${line}`.trimEnd());
}

function moment(time: number, language: string, more: { timeZone?: string }): string {
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric", ...more }).format(time);
}
