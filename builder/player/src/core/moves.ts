/**
 * The single moves of a run: opening, choice, reaction, event, arrival, ending.
 * Every move returns a new run, or null where it is not possible. Circles are taken out in run.ts.
 */
import { applied, holds, VARIABLE, type Range } from "../logic.js";
import type { Beat, Later, Scenario, Scene } from "../data.js";
import type { Happened, Offer, Pending, Run } from "../core-types.js";

/** Index of the event that comes on leaving scene `from`, or null. */
export type Draw = (run: Run, from: number) => number | null;

/** The run before anything happened: at the opening, or in the first scene where there is none. */
export function fresh(scenario: Scenario): Run {
  const values: Record<string, number> = {};
  for (const { key, start } of [...scenario.meters, ...scenario.variables]) values[key] = start;
  const run: Run = {
    phase: "opening",
    scene: scenario.begin,
    last: null,
    values,
    visited: [],
    chosen: [],
    spent: [],
    pending: [],
    arrived: [],
    resume: null,
    history: [],
    ended: false,
    undone: false,
  };
  return scenario.opening.length ? run : arrive(scenario, run, scenario.begin);
}

/** From the opening to the first scene. */
export function begun(scenario: Scenario, run: Run): Run | null {
  return run.phase === "opening" ? arrive(scenario, run, scenario.begin) : null;
}

/** Who "je" is in this scene. */
export function meIn(scenario: Scenario, scene: Scene): string {
  return scene.me ?? scenario.me;
}

/** Whether a beat is on the screen: one's own thoughts where they are there, another's only where a condition brings it up. */
export function isShown(beat: Beat, me: string, run: Run): boolean {
  if (beat.role !== undefined && beat.role !== me) return false;
  if (beat.kind === "thought" && beat.who !== me && beat.if === undefined) return false;
  return holds(beat.only, run) && holds(beat.if, run);
}

/** Whether a beat is a thought of another that is there, and not seen. */
export function isBelow(beat: Beat, me: string, run: Run): boolean {
  return beat.kind === "thought" && beat.who !== me && holds(beat.only, run) && !isShown(beat, me, run);
}

/** Whether a rule (by its index) is in force now. */
export function inForce(scenario: Scenario, run: Run, rule: number): boolean {
  return holds(scenario.rules[rule]?.if, run);
}

/** The choices as they stand now: offered, or shown closed; those that are neither are left out. */
export function offers(scenario: Scenario, run: Run): Offer[] {
  const scene = scenario.scenes[run.scene];
  if (run.phase !== "scene" || !scene) return [];
  const me = meIn(scenario, scene);
  const found = scene.choices.flatMap((choice, index): Offer[] => {
    if (choice.role !== undefined && choice.role !== me) return [];
    if (!holds(choice.if, run)) return [];
    if (choice.once && run.spent.includes(`${scene.key}/${choice.key}`)) return [];
    const closed = choice.closed && inForce(scenario, run, choice.closed.rule) ? choice.closed : null;
    const bends = !!closed?.unless && holds(closed.unless, run);
    return [{ index, label: choice.label, closedBy: closed && !bends ? closed.rule : null, bends }];
  });
  const usual = ({ index }: Offer): boolean => !scene.choices[index]!.otherwise;
  return found.some((offer) => usual(offer) && offer.closedBy === null) ? found.filter(usual) : found;
}

/** The later consequence that `pending` stands for. */
export function laterOf(scenario: Scenario, pending: Pending): Later {
  return scenario.scenes[pending.scene]!.choices[pending.choice]!.later[pending.later]!;
}

/** Whether this event may come on leaving scene `from`, chance aside. Never on leaving the first scene. */
export function mayCome(scenario: Scenario, run: Run, event: Scene, from: number): boolean {
  return (
    event.kind === "event" &&
    from !== scenario.begin &&
    !!event.at?.includes(from) &&
    (event.role === undefined || event.role === scenario.me) &&
    holds(event.if, run) &&
    !(event.most && times(run, event.key) >= event.most)
  );
}

/** How often an event came that comes only so often. */
function times({ spent }: Run, key: string): number {
  return spent.filter((each) => each.split("#")[0] === key).length;
}

function ranges(scenario: Scenario): Record<string, Range> {
  const all: Record<string, Range> = {};
  for (const { key } of scenario.variables) all[key] = VARIABLE;
  for (const { key, low, high } of scenario.meters) all[key] = { low, high };
  return all;
}

/** Take choice `index`: its effects now, then its reaction or what follows. */
export function took(scenario: Scenario, run: Run, index: number, draw: Draw): Run | null {
  const scene = scenario.scenes[run.scene];
  const choice = scene?.choices[index];
  if (!scene || !choice) return null;
  if (!offers(scenario, run).some((offer) => offer.index === index && offer.closedBy === null)) return null;
  const to = choice.to < 0 ? run.resume : choice.to;
  if (to === null) return null;
  const others = run.pending.filter((each) => each.scene !== run.scene || each.choice !== index);
  const sent = choice.later.map((_, later): Pending => ({ scene: run.scene, choice: index, later }));
  const pending = [...others, ...sent].sort((a, b) => a.scene - b.scene || a.choice - b.choice || a.later - b.later);
  const next: Run = {
    ...run,
    phase: "reaction",
    scene: to,
    last: { scene: run.scene, choice: index },
    values: applied(choice.effects, run.values, ranges(scenario)),
    chosen: added(run.chosen, choice.key),
    spent: choice.once ? added(run.spent, `${scene.key}/${choice.key}`) : run.spent,
    pending,
    arrived: [],
    resume: null,
    history: [...run.history, { choice: choice.key }],
    undone: false,
  };
  const me = meIn(scenario, scene);
  return choice.beats.some((beat) => isShown(beat, me, next)) ? next : left(scenario, next, draw);
}

/** Leave the scene of the last choice: to an event that comes between, or to where the choice leads. */
export function left(scenario: Scenario, run: Run, draw: Draw): Run {
  const from = run.last!.scene;
  const event = scenario.scenes[from]!.kind === "event" ? null : draw(run, from);
  if (event === null) return arrive(scenario, run, run.scene);
  const scene = scenario.scenes[event]!;
  const nth = times(run, scene.key) + 1;
  const spent = scene.most ? added(run.spent, scene.key + (nth > 1 ? `#${nth}` : "")) : run.spent;
  const history = [...run.history, { event: scene.key }];
  return arrive(scenario, { ...run, spent, history, resume: run.scene }, event);
}

/** Past an intense scene. Brings no event. */
export function passed(scenario: Scenario, run: Run): Run | null {
  const skip = run.phase === "scene" ? scenario.scenes[run.scene]?.skip : undefined;
  if (!skip) return null;
  const history: Happened[] = [...run.history, { skip: true }];
  return arrive(scenario, { ...run, last: null, resume: null, history, undone: false }, skip.to);
}

function arrive(scenario: Scenario, run: Run, to: number): Run {
  const scene = scenario.scenes[to]!;
  const visited = added(run.visited, scene.key);
  const here = (pending: Pending): boolean => laterOf(scenario, pending).to === to;
  const arrived = run.pending.filter((pending) => here(pending) && holds(laterOf(scenario, pending).if, { ...run, visited }));
  const effects = arrived.flatMap((pending) => laterOf(scenario, pending).effects);
  return {
    ...run,
    phase: "scene",
    scene: to,
    values: applied(effects, run.values, ranges(scenario)),
    visited,
    pending: run.pending.filter((pending) => !here(pending)),
    arrived,
    ended: scene.kind === "ending",
  };
}

function added(sorted: readonly string[], key: string): string[] {
  return sorted.includes(key) ? [...sorted] : [...sorted, key].sort();
}
