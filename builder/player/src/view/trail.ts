/** The path of a run, told from its history: which scenes, which choices, what was thought there. */
import { meIn } from "../core.js";
import { isShown } from "../core/moves.js";
import { replayed } from "../core/run.js";
import type { Beat, Choice, Scenario, Scene } from "../data.js";
import type { Run } from "../core-types.js";

export interface Visit {
  scene: Scene;
  me: string;
  /** On arrival in the scene. */
  run: Run;
  choice: Choice | null;
  /** Right after the choice, when its reaction is on the screen. */
  after: Run | null;
}

export function trail(scenario: Scenario, seed: number, run: Run): Visit[] {
  const visits: Visit[] = [];
  for (let at = 0; at <= run.history.length; at += 1) {
    const item = run.history[at];
    if (item && "event" in item) continue; // leaving the scene before it brought this event: no stop of its own
    const here = replayed(scenario, seed, run.history.slice(0, at), false).run;
    const scene = scenario.scenes[here.scene]!;
    const choice = item && "choice" in item ? scene.choices.find(({ key }) => key === item.choice) : undefined;
    const after = choice && replayed(scenario, seed, run.history.slice(0, at + 1), true).run;
    visits.push({ scene, me: meIn(scenario, scene), run: here, choice: choice ?? null, after: after ?? null });
  }
  return visits;
}

export interface Thought {
  beat: Beat;
  template: string;
  child: number;
  /** Whether it came up on this path. */
  up: boolean;
}

/** What others thought at this stop, and whether it came above the waterline. */
export function thoughts({ scene, me, run, choice, after }: Visit): Thought[] {
  const of = (beats: readonly Beat[], template: string, at: Run): Thought[] =>
    beats.flatMap((beat, child) =>
      beat.kind === "thought" && beat.who !== me ? [{ beat, template, child, up: isShown(beat, me, at) }] : [],
    );
  const found = of(scene.beats, scene.template, run);
  return choice && after ? [...found, ...of(choice.beats, choice.template ?? "", after)] : found;
}
