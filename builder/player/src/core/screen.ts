/** What of a run is on the screen: derived from the state, never stored. */
import type { Course } from "../data.js";
import type { Screen, State } from "../core-types.js";
import { runOf, scenarioAt } from "./course.js";
import { isBelow, isShown, meIn, offers } from "./moves.js";

/**
 * The screen of the scenario one stands at, or null elsewhere (contents, page, reflection, question, debrief).
 * On a reaction `scene` is the scene in which the choice was made.
 */
export function screen(course: Course, state: State): Screen | null {
  const { place } = state;
  const scenario = scenarioAt(course, place);
  if (!scenario || (place.at === "step" && place.debrief)) return null;
  const run = runOf(state, scenario);
  const { phase, last, arrived } = run;
  const at = phase === "reaction" ? last!.scene : run.scene;
  const scene = scenario.scenes[at]!;
  const { beats, template } = {
    opening: { beats: scenario.opening, template: scenario.template },
    reaction: { template: "", ...scene.choices[last?.choice ?? 0] },
    scene,
  }[phase];
  const me = phase === "opening" ? scenario.me : meIn(scenario, scene);
  return {
    kind: run.ended ? "ending" : phase,
    scene: at,
    beats: beats!.flatMap((beat, child) => (isShown(beat, me, run) ? [{ template: template!, child }] : [])),
    offers: offers(scenario, run),
    arrived,
    below: beats!.some((beat) => isBelow(beat, me, run)),
  };
}
