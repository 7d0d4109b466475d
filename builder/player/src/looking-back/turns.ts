/**
 * A finished run through the eyes of another who was there: the same history, turn by turn. Nothing is played and
 * nothing changes; what could be seen, said and thought there is all that differs.
 */
import { hash, isShown, meIn } from "player";
import type { Beat, Scenario } from "../data.js";
import type { Run } from "../core-types.js";
import { trail, type Visit } from "./trail.js";

/** A beat where its HTML stands: child `child` of the template. */
export interface Seen {
  beat: Beat;
  template: string;
  child: number;
}

export interface Turn {
  /** Index of the scene. */
  scene: number;
  /** Who the learner was here the first time. */
  me: string;
  beats: Seen[];
  /** Of the beats those to guess before they are shown: own thoughts at another's decision. */
  thoughts: Seen[];
  /** What to choose from: one of `thoughts` and others of the same person, in an order of no meaning. Empty: nothing to guess. */
  guesses: Seen[];
  /** Index of what was chosen here; null where nothing was decided. */
  choice: number | null;
  reaction: Seen[];
}

/** How many thoughts there are to choose from. */
const GUESSES = 3;

/** The turns of `replays[as]`: the way there, seen only by this person, and what they lived of the run. */
export function turnsOf(scenario: Scenario, seed: number, run: Run, as: number): Turn[] {
  const { who, begin } = scenario.replays[as]!;
  const visits = trail(scenario, seed, run);
  const before = wayThere(scenario, begin ?? -1, new Set(visits.map(({ at }) => at)));
  const alone = before.map((at): Visit => {
    const scene = scenario.scenes[at]!;
    const { run } = visits[0]!;
    return { scene, at, taken: 0, me: meIn(scenario, scene), run, choice: (scene.continues && scene.choices[0]) || null, after: run };
  });
  const told = new Set<Beat>();
  return [...alone, ...visits.filter((visit) => wasThere(visit, who))].map((visit) => {
    // Who came in only with what was chosen did not see the rest.
    const there = alone.includes(visit) || visit.me === who || tellsOf(visit.scene.beats, who);
    const made = turn(scenario, seed, visit, who, there, told);
    for (const { beat } of [...made.beats, ...made.reaction]) told.add(beat);
    return made;
  });
}

/** The chain of scenes from `at`, by plain "verder", up to one of the run. */
function wayThere(scenario: Scenario, at: number, run: Set<number>): number[] {
  const scene = scenario.scenes[at];
  if (!scene || run.has(at)) return [];
  return [at, ...wayThere(scenario, scene.continues ? scene.choices[0]!.to : -1, new Set([...run, at]))];
}

/** Whether someone was in a scene that was not passed over: they speak, think or are told of there, or one is them. */
function wasThere({ scene, choice, me }: Visit, who: string): boolean {
  if (!choice && scene.kind !== "ending") return false;
  return me === who || tellsOf(scene.beats, who) || tellsOf(choice?.beats ?? [], who);
}

function tellsOf(beats: readonly Beat[], who: string): boolean {
  return beats.some((beat) => beat.who === who || beat.role === who);
}

/** One turn; `told` is what was heard in those before it. */
function turn(
  scenario: Scenario,
  seed: number,
  { scene, at, taken, me, run, choice, after }: Visit,
  who: string,
  there: boolean,
  told: ReadonlySet<Beat>,
): Turn {
  const beats = there ? seen(scene.beats, scene.template, who, run) : [];
  const decides = !!choice && !scene.continues && me !== who;
  const own = beats.filter(({ beat }) => beat.kind === "thought" && beat.who === who);
  const real = own.find(({ beat }) => !isShown(beat, me, run)) ?? own[0];
  const order = ({ template, child }: Seen): number => hash(`${seed}/${at}/${template}/${child}`);
  const sorted = (all: Seen[]): Seen[] => all.sort((a, b) => order(a) - order(b));
  // What was heard before, or is thought only at the end, gives itself away: that stands last in line.
  const endings = new Set(scenario.scenes.flatMap(({ kind, beats }) => (kind === "ending" ? beats : [])));
  const poor = ({ beat }: Seen): number => Number(told.has(beat) || endings.has(beat));
  const others = sorted(thoughtsOf(scenario, who).filter(({ beat }) => !own.some((each) => each.beat === beat)));
  others.sort((a, b) => poor(a) - poor(b));
  const guesses = decides && real && others.length ? sorted([real, ...others.slice(0, GUESSES - 1)]) : [];
  return {
    scene: at,
    me,
    beats,
    thoughts: guesses.length ? own : [],
    guesses,
    choice: choice && !scene.continues ? taken : null,
    reaction: choice && after ? seen(choice.beats, choice.template ?? "", who, after) : [],
  };
}

/** What someone sees and hears. Prose told for them stands in the place of prose told to who was "je" the first time. */
function seen(beats: readonly Beat[], template: string, who: string, run: Run): Seen[] {
  const shown = beats.flatMap((beat, child): Seen[] => (isShown(beat, who, run) ? [{ beat, template, child }] : []));
  const told = shown.some(({ beat }) => beat.kind === "prose" && beat.role === who);
  return told ? shown.filter(({ beat }) => beat.kind !== "prose" || beat.role === who) : shown;
}

/** Every thought of a person in the scenario. */
function thoughtsOf(scenario: Scenario, who: string): Seen[] {
  const places = scenario.scenes.flatMap((scene) => [scene, ...scene.choices]);
  return places.flatMap(({ beats, template = "" }) =>
    beats.flatMap((beat, child): Seen[] => {
      const own = beat.kind === "thought" && beat.who === who && (beat.role ?? who) === who;
      return own ? [{ beat, template, child }] : [];
    }),
  );
}
