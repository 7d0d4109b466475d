/** A scenario in play: opening, scene, reaction, ending. */
import { back, runOf, screen, wayOf } from "../core.js";
import { inForce } from "../core/moves.js";
import type { Scenario } from "../data.js";
import type { App } from "./app.js";
import { play } from "./beats.js";
import { copy, fill, find, one, type Parts } from "./dom.js";
import { meters } from "./meters.js";

/** Keys of intense scenes the learner chose to read; only for this launch. */
const entered = new Set<string>();

export function scenarioView(app: App, view: HTMLElement, scenario: Scenario): void {
  const { session } = app;
  const now = screen(session.course, session.state())!;
  const run = runOf(session.state(), scenario);
  const scene = scenario.scenes[now.scene]!;
  const template = { opening: scenario.template, reaction: scene.choices[run.last?.choice ?? 0]?.template ?? "", scene: scene.template };
  const heavy = run.phase === "scene" && !!scene.intense && !entered.has(scene.key);
  const parts: Parts = { heavy, calm: !heavy, below: now.below, undone: run.undone, back: !!back(scenario, session.state().seed, run), meters: !heavy && (now.kind === "scene" || now.kind === "reaction") };
  scenario.rules.forEach((_, rule) => (parts[`rule-${rule}`] = inForce(scenario, run, rule)));
  for (const { index, closedBy, bends } of now.offers) {
    parts[`choice-${index}`] = true;
    parts[`bends-${index}`] = bends;
    parts[`${closedBy === null ? "open" : "closed"}-${index}`] = true;
  }
  for (const { scene: at, choice, later } of now.arrived) parts[`later-${at}-${choice}-${later}`] = true;
  const way = wayOf(scenario, session.state().seed, run);
  const turn = way[way.length - 1];
  if (turn?.kind === "skip") parts[`skipped-${turn.scene}`] = true;
  view.append(copy(template[run.phase]));
  play(view, now.beats.map(({ child }) => child));
  parts.clear = !now.below && !!view.querySelector(".owl-thought:not(.owl-said--me)");
  if (now.below || parts.clear) find(view, ".owl-stage").append(one("deep"));
  fill(view, parts);
  meters(view, app, scenario, run);
  app.on.read = ({ value }) => {
    entered.add(value);
    app.redraw();
  };
}
