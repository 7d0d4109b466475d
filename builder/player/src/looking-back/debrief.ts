/** The debrief: feeling first, then the path, what was thought, what came of it, and what if. */
import { beatsOf, copy, fill, find, offers, one, runsOf, t } from "player";
import type { Scenario } from "../data.js";
import type { App } from "../view/app.js";
import type { Parts } from "../view/dom.js";
import { depths, trail, type Visit } from "./trail.js";

export function debriefView({ session }: App, view: HTMLElement, scenario: Scenario): void {
  const state = session.state();
  const { now, first } = runsOf(state, scenario.key);
  const visits = trail(scenario, state.seed, now?.ended ? now : first!);
  view.append(copy(scenario.debrief));
  path(view, visits, scenario);
  fill(view, { ...consequences(view, visits), ...thoughts(view, visits) });
}

/** Each stop where there was something to decide, and where it ended. A plain "verder" is no stop. */
function path(view: Element, visits: readonly Visit[], scenario: Scenario): void {
  const list = find(view, ".owl-path");
  const stops = visits.flatMap(({ scene, at, run, choice, taken }) => {
    if (scene.kind !== "ending" && (!choice || scene.continues)) return [];
    const stop = find(list, `[data-stop="${at}"]`).cloneNode(true) as Element;
    const parts: Parts = { [`took-${taken}`]: true, [`feedback-${taken}`]: true };
    for (const { index, closedBy } of offers(scenario, run)) {
      if (index === taken) continue;
      parts.others = parts[`other-${index}`] = true;
      parts[`closed-${index}`] = closedBy !== null;
    }
    fill(stop, parts);
    return [stop];
  });
  list.replaceChildren(...stops);
}

/** What others thought along this path, scene by scene: what came up and what stayed below. */
function thoughts(view: Element, visits: readonly Visit[]): Parts {
  const all = depths(visits);
  let up = 0;
  let down = 0;
  for (const depth of all) {
    const part = one("depth");
    find(part, "h3").textContent = depth.scene.title;
    for (const each of depth.thoughts) {
      if (each.up) up += 1;
      else down += 1;
      find(part, ".owl-under__inner").append(copy(each.up ? "came-up" : "stayed-below"), beatsOf(copy(each.template))[each.child]!);
    }
    find(view, "[data-thoughts]").append(part);
  }
  return {
    thoughts: all.length > 0 && `${t("came_up_count", { count: up })} ${t("stayed_count", { count: down })}`,
    "no-thoughts": all.length === 0,
  };
}

/** The ledger: every delayed consequence of what was chosen, in the order of the choices, and whether it showed. */
function consequences(view: Element, visits: readonly Visit[]): Parts {
  const parts: Parts = {};
  visits.forEach(({ at, choice, taken }, index) =>
    choice?.later.forEach(({ to }, later) => {
      const id = `${at}-${taken}-${later}`;
      if (parts[`later-${id}`]) return;
      parts.later = parts[`later-${id}`] = true;
      parts[`unseen-${id}`] = !visits.slice(index + 1).some((visit) => visit.at === to);
      find(view, ".owl-ledger").append(find(view, `[data-part="later-${id}"]`));
    }),
  );
  return parts;
}
