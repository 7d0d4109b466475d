/** What of a run is on the screen: derived from the state, never stored. */
import type { Beat, Course } from "../data.js";
import type { Run, Screen, Shown, State } from "../core-types.js";
import { runOf, scenarioAt } from "./course.js";
import { isShown, meIn, offers } from "./moves.js";

/**
 * The screen of the scenario one stands at, or null elsewhere (contents, page, reflection, question, debrief).
 * On a reaction `scene` is the scene in which the choice was made.
 */
export function screen(course: Course, state: State): Screen | null {
  const { place } = state;
  const scenario = scenarioAt(course, place);
  if (!scenario || (place.at === "step" && place.debrief)) return null;
  const run = runOf(state, scenario);
  if (run.phase === "opening") {
    const beats = shown(scenario.opening, scenario.template, scenario.me, run);
    return { kind: "opening", scene: run.scene, beats, offers: [], arrived: [], below: below(scenario.opening, scenario.me, run) };
  }
  if (run.phase === "reaction") {
    const { scene: from, choice: index } = run.last!;
    const scene = scenario.scenes[from]!;
    const choice = scene.choices[index]!;
    const me = meIn(scenario, scene);
    const beats = shown(choice.beats, choice.template ?? "", me, run);
    return { kind: "reaction", scene: from, beats, offers: [], arrived: [], below: below(choice.beats, me, run) };
  }
  const scene = scenario.scenes[run.scene]!;
  const me = meIn(scenario, scene);
  return {
    kind: run.ended ? "ending" : "scene",
    scene: run.scene,
    beats: shown(scene.beats, scene.template, me, run),
    offers: offers(scenario, run),
    arrived: run.arrived,
    below: below(scene.beats, me, run),
  };
}

function shown(beats: readonly Beat[], template: string, me: string, run: Run): Shown[] {
  return beats.flatMap((beat, child) => (isShown(beat, me, run) ? [{ template, child }] : []));
}

function below(beats: readonly Beat[], me: string, run: Run): boolean {
  return beats.some((beat) => beat.kind === "thought" && beat.who !== me && !isShown(beat, me, run));
}
