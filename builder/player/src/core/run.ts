/**
 * A run of a scenario as a fold of its history: moves without circles, and replay.
 * Every move returns a new run, or null where it is not possible.
 */
import type { Scenario } from "../data.js";
import type { Happened, Run, Turn } from "../core-types.js";
import { turn } from "./chance.js";
import { begun, fresh, left, mayCome, passed, took, type Draw } from "./moves.js";

/** Take choice `index` of the scene: its effects now, its reaction or what follows next. */
export function chosen(scenario: Scenario, seed: number, run: Run, index: number): Run | null {
  const next = took(scenario, run, index, live(scenario, seed));
  return next && withoutLoop(scenario, seed, run, next);
}

/** From a reaction to where the choice leads. */
export function continued(scenario: Scenario, seed: number, run: Run): Run | null {
  if (run.phase !== "reaction") return null;
  return withoutLoop(scenario, seed, run, left(scenario, run, live(scenario, seed)));
}

/** Past an intense scene. Brings no event. */
export function skipped(scenario: Scenario, seed: number, run: Run): Run | null {
  const next = passed(scenario, run);
  return next && withoutLoop(scenario, seed, run, next);
}

/**
 * Play a history of codes again, as far as it is true in this course. `reaction`: it ends on the screen of a
 * reaction. Events come from the history, never from a new draw. `used`: how many items were still true.
 */
export function replayed(
  scenario: Scenario,
  seed: number,
  codes: readonly Happened[],
  reaction: boolean,
): { run: Run; used: number } {
  const { moments, used } = retraced(scenario, seed, codes, reaction, "code");
  return { run: moments[moments.length - 1]!, used };
}

/** The way a run went, turn by turn: for its save, and for the debrief. */
export function wayOf(scenario: Scenario, seed: number, run: Run): Turn[] {
  const { moments } = retraced(scenario, seed, run.history, run.phase === "reaction");
  return moments.slice(1).flatMap((moment, i): Turn[] => {
    const before = moments[i]!;
    const happened = moment.history.slice(before.history.length);
    return happened.map((item) => {
      if ("event" in item) return { kind: "event", scene: moment.scene, values: moment.values };
      if ("skip" in item) return { kind: "skip", scene: before.scene, values: moment.values };
      return { kind: "choice", scene: before.scene, choice: moment.last!.choice, values: moment.values };
    });
  });
}

/** The run as it stood before its last decision, or null where the scenario does not let one back or there was none. */
export function back(scenario: Scenario, seed: number, run: Run): Run | null {
  return scenario.back === "free" || (scenario.back === "scene" && !run.undone) ? rewound(scenario, seed, run) : null;
}

/** The run as it stood at the decision before item `to` of its history; without `to`, at its last decision. A plain "verder" is none. */
export function rewound(scenario: Scenario, seed: number, run: Run, to?: number): Run | null {
  const moment = momentsOf(scenario, seed, run)
    .filter(({ phase, scene, history: { length } }) => {
      const { continues, skip } = scenario.scenes[scene]!;
      return phase === "scene" && (!continues || skip) && length < run.history.length && (to ?? length) === length;
    })
    .pop();
  return moment ? { ...moment, undone: true } : null;
}

/** Every moment at which a run stood, in order: each arrival in a scene and each reaction. */
export function momentsOf(scenario: Scenario, seed: number, run: Run): Run[] {
  return retraced(scenario, seed, run.history, run.phase === "reaction").moments;
}

function live(scenario: Scenario, seed: number): Draw {
  return (run, from) => {
    const steps = run.history.filter((each) => !("event" in each)).length;
    const turns = scenario.scenes.map((event) =>
      mayCome(scenario, run, event, from) ? turn(seed, scenario.key, event.key, steps, event.chance ?? 100) : Infinity,
    );
    const first = Math.min(...turns);
    return first < Infinity ? turns.indexOf(first) : null;
  };
}

/**
 * Where a run arrives in a scene with everything as it was at an earlier moment, it is that moment again:
 * nothing that can matter changed, so going round in circles adds nothing to a history, which keeps it bounded.
 */
function withoutLoop(scenario: Scenario, seed: number, before: Run, after: Run): Run {
  if (!before.visited.includes(scenario.scenes[after.scene]!.key)) return after;
  const { moments } = retraced(scenario, seed, before.history, before.phase === "reaction");
  return earlier(moments, after) ?? after;
}

function earlier(moments: readonly Run[], run: Run): Run | undefined {
  if (run.phase !== "scene") return undefined;
  const here = fingerprint(run);
  return moments.find((moment) => moment.phase === "scene" && moment.scene === run.scene && fingerprint(moment) === here);
}

function fingerprint({ scene, values, visited, chosen, spent, pending, resume }: Run): string {
  return JSON.stringify([scene, values, visited, chosen, spent, pending, resume]);
}

/** Every moment of a history at which one could stand: the start, each reaction, each arrival. */
function retraced(
  scenario: Scenario,
  seed: number,
  history: readonly Happened[],
  reaction: boolean,
  by: "key" | "code" = "key",
): { moments: Run[]; used: number } {
  const start = fresh(scenario);
  const moments = [begun(scenario, start) ?? start];
  const move = (run: Run): void => {
    const again = earlier(moments, run);
    if (again) moments.length = moments.indexOf(again) + 1;
    else moments.push(run);
  };
  let used = 0;
  while (used < history.length) {
    const run = moments[moments.length - 1]!;
    const item = history[used]!;
    const following = history[used + 1];
    const event = following && "event" in following ? following.event : null;
    const stays = reaction && used === history.length - 1;
    let come = false;
    const draw: Draw = stays
      ? live(scenario, seed)
      : (at, from) => {
          const found = scenario.scenes.findIndex((each) => each[by] === event && mayCome(scenario, at, each, from));
          come = found >= 0;
          return come ? found : null;
        };
    if ("skip" in item) {
      const next = passed(scenario, run);
      if (!next) break;
      move(next);
    } else if ("choice" in item) {
      const index = scenario.scenes[run.scene]!.choices.findIndex((choice) => choice[by] === item.choice);
      const next = took(scenario, run, index, draw);
      if (!next) break;
      move(next);
      if (next.phase === "reaction" && !stays) move(left(scenario, next, draw));
    } else break;
    used += 1;
    if (event !== null) {
      if (!come) break;
      used += 1;
    }
  }
  return { moments, used };
}
