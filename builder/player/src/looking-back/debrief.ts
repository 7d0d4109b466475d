/** The debrief: feeling first, then the path, what was thought, what came of it, what if, and what one takes along. */
import { copy, fill, finished, runsOf } from "player";
import type { Scenario } from "../data.js";
import type { App } from "../view/app.js";
import { asked } from "./asked.js";
import { ledger } from "./ledger.js";
import { markMap } from "./map.js";
import { again, paths } from "./path.js";
import { thoughts } from "./thoughts.js";
import { trail } from "./trail.js";

export function debriefView(app: App, view: HTMLElement, scenario: Scenario): void {
  const state = app.session.state();
  const shown = finished(state, scenario.key)!;
  const { first } = runsOf(state, scenario.key);
  const visits = trail(scenario, state.seed, shown);
  const before = first && first !== shown ? trail(scenario, state.seed, first) : null;
  view.append(copy(scenario.debrief));
  asked(app, view);
  paths(view, scenario, visits, before);
  again(view, visits);
  // Where there is room, nothing has to be opened.
  for (const fold of view.querySelectorAll<HTMLDetailsElement>("[data-wide]")) fold.open = matchMedia("(min-width: 48rem)").matches;
  fill(view, {
    compared: before !== null,
    alone: before === null,
    ...markMap(view, visits, before),
    ...thoughts(view, scenario, visits),
    ...ledger(view, visits),
  });
}
