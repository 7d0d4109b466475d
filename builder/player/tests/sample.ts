/** A small course by hand, with one of everything, and short ways to make parts of others. */
import { readFileSync } from "node:fs";
import type { Choice, Course, Reflection, Scenario, Scene } from "../src/data.js";

export const dictionaries = { "1": readFileSync("dictionaries/1.txt", "utf8") };

export function choice(key: string, to: number, more: Partial<Choice> = {}): Choice {
  return { key, code: code(key), label: `Kies ${key}`, to, effects: [], later: [], beats: [], ...more };
}

export function scene(key: string, choices: Choice[], more: Partial<Scene> = {}): Scene {
  return {
    key,
    code: code(key),
    title: key,
    kind: choices.length ? "scene" : "ending",
    template: `t-${key}`,
    beats: [{ kind: "prose" }],
    choices,
    report: `s.${key}`,
    ...more,
  };
}

export function scenario(key: string, scenes: Scene[], more: Partial<Scenario> = {}): Scenario {
  return {
    key,
    code: code(key),
    title: key,
    template: `t-${key}`,
    opening: [],
    me: "karin",
    people: { karin: "Karin", mo: "Mo" },
    rules: [],
    replays: [],
    meters: [],
    variables: [],
    begin: 0,
    back: "no",
    scenes,
    debrief: `t-${key}-debrief`,
    ...more,
  };
}

export function reflection(key: string, more: Partial<Reflection> = {}): Reflection {
  return { key, code: code(key), question: `${key}?`, kind: "open", keep: "lms", maximum: 1000, options: [], ...more };
}

/** Two characters that belong to a key: the tests use keys whose codes differ. */
export function code(key: string): string {
  return (key + "__").slice(0, 2);
}

/** One lesson: a page, the scenarios, the reflections, the questions; a second lesson of one page. */
export function course(scenarios: Scenario[], reflections: Reflection[] = [], more: Partial<Course> = {}): Course {
  const questions = { vraag: { key: "vraag", code: "q1", options: [{ text: "a", correct: true }, { text: "b", correct: false }] } };
  return {
    format: 1,
    id: "proef",
    title: "Proef",
    version: "1",
    variant: "v",
    language: "nl",
    limit: 4096,
    rule: "endings",
    report: "completed",
    choices: true,
    historyBound: 1500,
    dictionaries,
    lessons: [
      {
        key: "les",
        code: "L1",
        title: "Les",
        number: 1,
        steps: [
          { kind: "page", key: "p", code: "P1", template: "t-p" },
          ...scenarios.map(({ key }, i) => ({ kind: "scenario" as const, key, code: `S${i}`, template: `t-${key}-step` })),
          ...reflections.map(({ key }, i) => ({ kind: "reflection" as const, key, code: `R${i}`, template: `t-${key}` })),
          { kind: "question", key: "vraag", code: "Q1", template: "t-vraag" },
        ],
      },
      { key: "slot", code: "L2", title: "Slot", number: 2, steps: [{ kind: "page", key: "p2", code: "P2", template: "t-p2" }] },
    ],
    scenarios: Object.fromEntries(scenarios.map((each) => [each.key, each])),
    reflections: Object.fromEntries(reflections.map((each) => [each.key, each])),
    questions,
    ...more,
  };
}

const talk = scenario(
  "gesprek",
  [
    scene(
      "aa-kamer",
      [
        choice("dossier", 1, { effects: [{ name: "vertrouwen", op: "-", number: 1 }] }),
        choice("vragen", 1, {
          effects: [{ name: "vertrouwen", op: "+", number: 9 }],
          later: [{ to: 3, effects: [{ name: "belofte", op: "=", number: 7 }] }],
          beats: [{ kind: "speech", who: "mo" }, { kind: "thought", who: "mo" }],
          template: "t-reactie",
        }),
        choice("kamer", 1, { closed: { rule: 0, unless: [">=", "vertrouwen", 3] } }),
        choice("blijf", 0),
        choice("eenmaal", 0, { once: true }),
        choice("anders", 2, { otherwise: true }),
        choice("mo", 1, { role: "mo" }),
      ],
      {
        beats: [
          { kind: "prose" },
          { kind: "thought", who: "karin" },
          { kind: "thought", who: "mo" },
          { kind: "thought", who: "mo", if: [">=", "vertrouwen", 3] },
          { kind: "prose", role: "mo" },
        ],
      },
    ),
    scene("bb-regels", [choice("terug", 0), choice("door", 3), choice("nooit", 3, { if: ["visited", "dd-vrijdag"] })]),
    scene("cc-loopt-weg", [choice("wacht", -1)], { kind: "event", at: [1], chance: 50, if: ["<", "vertrouwen", 2], most: 1 }),
    scene("dd-vrijdag", [choice("einde", 4)], { intense: true, skip: { to: 4 }, continues: true }),
    scene("ee-einde", []),
  ],
  {
    opening: [{ kind: "prose" }],
    back: "scene",
    rules: [{}],
    replays: [{ who: "mo" }],
    meters: [{ key: "vertrouwen", name: "vertrouwen", start: 2, low: 0, high: 5 }],
    variables: [{ key: "belofte", start: 0 }],
  },
);

export const sample = course(
  [talk],
  [
    reflection("open1"),
    reflection("r2", { keep: "device" }),
    reflection("x3"),
    reflection("keuze", { kind: "choice", options: ["ja", "nee"] }),
    reflection("schaal", { kind: "scale", scale: { low: 1, high: 10 } }),
    reflection("datum", { kind: "date" }),
  ],
);
