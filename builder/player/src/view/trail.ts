/** The path of a run: which scenes, which choices, and what others thought there. */
import { meIn } from "../core.js";
import { isShown } from "../core/moves.js";
import { momentsOf } from "../core/run.js";
import type { Beat, Choice, Scenario, Scene } from "../data.js";
import type { Run } from "../core-types.js";

export interface Visit {
  scene: Scene;
  me: string;
  /** On arrival in the scene. */
  run: Run;
  /** What was chosen there; null in an ending and where the scene was skipped. */
  choice: Choice | null;
  /** Right after the choice: its reaction, or where it led. */
  after: Run | null;
}

export function trail(scenario: Scenario, seed: number, run: Run): Visit[] {
  const moments = momentsOf(scenario, seed, run);
  return moments.flatMap((moment, index): Visit[] => {
    if (moment.phase !== "scene") return [];
    const scene = scenario.scenes[moment.scene]!;
    const after = moments[index + 1] ?? null;
    const item = after?.history[moment.history.length];
    const choice = item && "choice" in item ? scene.choices.find(({ key }) => key === item.choice) : undefined;
    return [{ scene, me: meIn(scenario, scene), run: moment, choice: choice ?? null, after }];
  });
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
