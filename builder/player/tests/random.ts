/** Random courses and random plays, for the property tests. */
import fc from "fast-check";
import { back, hasEnded, step } from "../src/core.js";
import { offers } from "../src/core/moves.js";
import { runOf, scenarioAt } from "../src/core.js";
import type { Action, Command, State } from "../src/core-types.js";
import type { Beat, Choice, Condition, Course, Effect, Scene } from "../src/data.js";
import { choice, course, reflection, scenario, scene } from "./sample.js";

/** FUZZ_RUNS multiplies nothing: it is the number of runs of each property. */
export const runs = Number(process.env.FUZZ_RUNS ?? 0) || undefined;

const names = ["meter", "getal"];
const effects = fc.array(
  fc.record<Effect>({ name: fc.constantFrom(...names), op: fc.constantFrom("+", "-", "="), number: fc.integer({ min: 0, max: 4 }) }),
  { maxLength: 2 },
);

function condition(sceneKeys: string[], choiceKeys: string[]): fc.Arbitrary<Condition> {
  const leaf = fc.oneof(
    fc.tuple(fc.constantFrom(">=", ">", "<=", "<", "=", "!="), fc.constantFrom(...names), fc.integer({ min: -1, max: 5 })),
    fc.tuple(fc.constant("visited"), fc.constantFrom(...sceneKeys)),
    fc.tuple(fc.constant("chosen"), fc.constantFrom(...choiceKeys)),
  );
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.tuple(fc.constant("not"), leaf) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom("and", "or"), leaf, leaf) },
  ) as fc.Arbitrary<Condition>;
}

function thoughts(made: { who: string; if: Condition | null; only: Condition | null } | null): Beat[] {
  return made ? [{ kind: "thought", who: made.who, ...(made.if && { if: made.if }), ...(made.only && { only: made.only }) }] : [];
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 });

/** Two characters for a number, by letter: never the same for two things of one kind. */
const letter = (kind: string, i: number): string => kind + "abcdefghijklmnopqrstuvwxyz"[i]!;

/** A scenario of a few scenes that may go round in any way, with events, endings, closed doors and long shadows. */
export const randomCourse: fc.Arbitrary<Course> = fc
  .record({
    scenes: fc.integer({ min: 2, max: 6 }),
    events: fc.integer({ min: 0, max: 2 }),
    opening: fc.boolean(),
    back: fc.constantFrom("no" as const, "scene" as const, "free" as const),
  })
  .chain(({ scenes, events, opening, back }) => {
    const total = scenes + events + 1;
    const sceneKeys = Array.from({ length: total }, (_, i) => letter("s", i));
    const choiceKeys = Array.from({ length: 4 }, (_, i) => letter("c", i));
    const anywhere = fc.oneof(fc.integer({ min: 0, max: scenes - 1 }), fc.constant(total - 1));
    const rule = condition(sceneKeys, choiceKeys);
    const one = (i: number, event: boolean): fc.Arbitrary<Choice> =>
      fc
        .record({
          to: event ? fc.constant(-1) : anywhere,
          effects,
          if: rarely(rule),
          once: fc.boolean(),
          otherwise: rarely(fc.constant(true as const)),
          closed: rarely(rarely(rule)),
          later: fc.array(fc.record({ to: anywhere, effects, if: rarely(rule) }), { maxLength: 2 }),
          reaction: fc.constantFrom("none", "seen", "mine", "hidden"),
        })
        .map((made) =>
          choice(letter("c", i), made.to, {
            effects: made.effects,
            later: made.later.map(({ if: when, ...later }) => ({ ...later, ...(when && { if: when }) })),
            beats: {
              none: [],
              seen: [{ kind: "speech" as const, who: "mo" }],
              mine: [{ kind: "thought" as const, who: "karin" }],
              hidden: [{ kind: "thought" as const, who: "mo" }],
            }[made.reaction]!,
            ...(made.if && { if: made.if }),
            ...(made.once && i === 0 && { once: true as const }),
            ...(made.otherwise && i === 3 && { otherwise: made.otherwise }),
            ...(made.closed && i === 2 && { closed: { rule: 0, unless: made.closed } }),
          }),
        );
    const place = (i: number): fc.Arbitrary<Scene> => {
      if (i === total - 1) return fc.constant(scene(letter("s", i), []));
      const event = i >= scenes;
      return fc
        .record({
          choices: fc.integer({ min: 1, max: 4 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, k) => one(k, event)))),
          skip: rarely(anywhere),
          at: fc.uniqueArray(fc.integer({ min: 0, max: scenes - 1 }), { minLength: 1 }),
          chance: fc.constantFrom(30, 70, 100),
          if: rarely(rule),
          most: fc.nat({ max: 3 }),
          thought: rarely(fc.record({ who: fc.constantFrom("mo", "karin"), if: rarely(rule), only: rarely(rule) })),
        })
        .map((made) =>
          scene(letter("s", i), (made.choices as Choice[]).map((each) => ({ ...each, template: `t-${letter("s", i)}-${each.key}` })), {
            beats: [{ kind: "prose" }, ...thoughts(made.thought)],
            ...(event && { kind: "event" as const, at: made.at, chance: made.chance }),
            ...(event && made.if && { if: made.if }),
            ...(event && made.most && { most: made.most }),
            ...(!event && made.skip !== null && { intense: true as const, skip: { to: made.skip } }),
          }),
        );
    };
    return fc.tuple(rarely(rule), ...Array.from({ length: total }, (_, i) => place(i))).map(([force, ...all]) =>
      course(
        [
          scenario("verhaal", all, {
            opening: opening ? [{ kind: "prose" }, { kind: "thought", who: "mo" }] : [],
            back,
            rules: [force ? { if: force } : {}],
            meters: [{ key: "meter", name: "meter", start: 2, low: 0, high: 4 }],
            variables: [{ key: "getal", start: 0 }],
          }),
        ],
        [
          reflection("open1"),
          reflection("r2", { keep: "device" }),
          reflection("x3"),
          reflection("keuze", { kind: "choice", options: ["a", "b"] }),
          reflection("schaal", { kind: "scale", scale: { low: -2, high: 10 } }),
          reflection("datum", { kind: "date" }),
        ],
      ),
    );
  });

/** Any text: of the whole of Unicode, halves of pairs and separators of the save among it, and ordinary Dutch. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom("ik ", "dacht ", "dat ", "hij ", "vertrouwen ", "één ", "€ 5 – ", ";", ",", ":", "\n"), { maxLength: 300 }).map((words) => words.join("")),
);

export interface Move {
  pick: number;
  text: string;
  where: "lms" | "device" | "not";
}

export const moves = (maxLength: number): fc.Arbitrary<Move[]> =>
  fc.array(fc.record({ pick: fc.nat(), text: anyText, where: fc.constantFrom("lms" as const, "device" as const, "not" as const) }), { maxLength });

/** Moves inside the scenario only. */
export function playActions(course: Course, state: State): Action[] {
  const here = scenarioAt(course, state.place);
  if (!here || (state.place.at === "step" && state.place.debrief)) return [];
  const run = runOf(state, here);
  if (run.phase === "opening") return [{ do: "begin" }];
  const undo: Action[] = back(here, state.seed, run) ? [{ do: "back" }] : [];
  if (run.phase === "reaction") return [{ do: "continue" }, ...undo];
  const open = offers(here, run).filter(({ closedBy }) => closedBy === null);
  const skip: Action[] = here.scenes[run.scene]!.skip ? [{ do: "skip" }] : [];
  return [...open.map(({ index }): Action => ({ do: "choose", choice: index })), ...skip, ...undo];
}

/** One action a learner could do now, by number; half of them are moves in the scenario. */
export function action(course: Course, state: State, move: Move): Action {
  const here = scenarioAt(course, state.place);
  const play = playActions(course, state);
  if (play.length && move.pick % 2) return play[(move.pick >> 1) % play.length]!;
  const texts: Action[] = [
    { do: "answer", reflection: "open1", text: move.text },
    { do: "answer", reflection: "x3", text: move.text, keep: move.where },
    { do: "answer", reflection: "r2", text: move.text },
    { do: "answer", reflection: "keuze", text: String(move.pick % 3) },
    { do: "answer", reflection: "schaal", text: String((move.pick % 15) - 3) },
    { do: "answer", reflection: "datum", text: `202601${10 + (move.pick % 25)}` },
    { do: "check", question: "vraag", ticked: [move.pick % 3, move.pick % 2] },
    { do: "keep", where: move.where },
    { do: "keep", where: "lms" },
  ];
  const ways: Action[] = [
    { do: "next" },
    { do: "previous" },
    { do: "go", place: { at: "step", lesson: 0, step: move.pick % 9 } },
    { do: "go", place: { at: "step", lesson: 0, step: 1 } },
    { do: "go", place: { at: "step", lesson: 0, step: 1 } },
    { do: "go", place: { at: "contents" } },
  ];
  const ended: Action[] = here && hasEnded(state, here.key) ? [{ do: "debrief" }, { do: "replay" }, { do: "rewind", to: move.pick % 5 }] : [];
  const all = [...texts, ...ways, ...ended, ...ended];
  return all[(move.pick >> 1) % all.length]!;
}

/** Every state of a play, with the commands that led there; `allow` may refuse a state, as the shell does. */
export function play(course: Course, from: State, list: readonly Move[], allow: (state: State) => boolean = () => true): { state: State; action: Action; commands: Command[] }[] {
  let state = from;
  return list.flatMap((move) => {
    const doing = action(course, state, move);
    const next = step(course, state, doing);
    if (next.state === state || (doing.do === "answer" && !allow(next.state))) return [];
    state = next.state;
    return [{ state, action: doing, commands: next.commands }];
  });
}
