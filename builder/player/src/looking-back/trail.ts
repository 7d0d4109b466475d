/** The path of a run: which scenes, which choices, and what others thought there. */
import { fresh, isBelow, isShown, meIn, momentsOf } from "player";
import type { Beat, Choice, Scenario, Scene } from "../data.js";
import type { Run } from "../core-types.js";

export interface Visit {
  scene: Scene;
  /** Indices of the scene, and of what was chosen there; -1 in an ending and where the scene was skipped. */
  at: number;
  taken: number;
  me: string;
  /** On arrival in the scene. */
  run: Run;
  /** What was chosen there, or null. */
  choice: Choice | null;
  /** Right after the choice: its reaction, or where it led; null at the end of the path. */
  after: Run | null;
}

export function trail(scenario: Scenario, seed: number, run: Run): Visit[] {
  const moments = momentsOf(scenario, seed, run);
  return moments.flatMap((moment, index): Visit[] => {
    if (moment.phase !== "scene") return [];
    const scene = scenario.scenes[moment.scene]!;
    const after = moments[index + 1] ?? null;
    const item = after?.history[moment.history.length];
    const taken = item && "choice" in item ? scene.choices.findIndex(({ key }) => key === item.choice) : -1;
    return [{ scene, at: moment.scene, taken, me: meIn(scenario, scene), run: moment, choice: scene.choices[taken] ?? null, after }];
  });
}

export interface Thought {
  beat: Beat;
  template: string;
  child: number;
  /** Whether it came up on this path. */
  up: boolean;
}

/** What others thought in one place: the opening, or a scene with its reactions. */
export interface Depth {
  title: string;
  thoughts: Thought[];
}

/** What others thought along a path, place by place, each thought once: above the waterline if it ever came up. */
export function depths(scenario: Scenario, visits: readonly Visit[]): Depth[] {
  const found = new Map<Scene | Scenario, Depth>();
  const sound = (place: Scene | Scenario, me: string, beats: readonly Beat[], template: string, at: Run): void => {
    const depth = found.get(place) ?? { title: place.title, thoughts: [] };
    beats.forEach((beat, child) => {
      const up = isShown(beat, me, at);
      if (beat.kind !== "thought" || beat.who === me || !(up || isBelow(beat, me, at))) return;
      found.set(place, depth);
      const before = depth.thoughts.find((each) => each.beat === beat);
      if (before) before.up = before.up || up;
      else depth.thoughts.push({ beat, template, child, up });
    });
  };
  sound(scenario, scenario.me, scenario.opening, scenario.template, fresh(scenario));
  for (const { scene, me, run, choice, after } of visits) {
    sound(scene, me, scene.beats, scene.template, run);
    if (choice && after) sound(scene, me, choice.beats, choice.template ?? "", after);
  }
  return [...found.values()];
}
