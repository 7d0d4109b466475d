/** The path in words: a stop for every place one came, and where one may begin anew. */
import { fill, find, offers, one, t } from "player";
import type { Scenario } from "../data.js";
import type { Parts } from "../view/dom.js";
import type { Visit } from "./trail.js";

/** The id of the heading of a stop of the path that is looked back on, counted from 1. */
export function stopId(number: number): string {
  return `stop-${number}`;
}

/** Puts the stops of `visits` in their list, and those of an earlier run in theirs. */
export function paths(view: Element, scenario: Scenario, visits: readonly Visit[], first: readonly Visit[] | null): void {
  const [list, before] = ["now", "first"].map((key) => find(view, `[data-path=${key}]`));
  const stops = new Map([...list!.children].map((stop) => [Number((stop as HTMLElement).dataset.stop), stop as HTMLElement]));
  before!.replaceChildren(...(first ?? []).map((visit, index) => stopOf(stops, scenario, visit, index + 1, null)));
  list!.replaceChildren(
    ...visits.map((visit, index) => {
      const stop = stopOf(stops, scenario, visit, index + 1, first);
      find(stop, "h4").id = stopId(index + 1);
      return stop;
    }),
  );
}

function stopOf(stops: Map<number, HTMLElement>, scenario: Scenario, visit: Visit, number: number, first: readonly Visit[] | null): HTMLElement {
  const { at, run, after, choice, taken } = visit;
  const stop = stops.get(at)!.cloneNode(true) as HTMLElement;
  const parts: Parts = { number: `${number}.`, [`took-${taken}`]: true, [`feedback-${taken}`]: true, skipped: !!after && !choice };
  let others = 0;
  if (!after || choice) {
    for (const { index, closedBy } of offers(scenario, run)) {
      if (index === taken) continue;
      parts.others = parts[`other-${index}`] = true;
      others += 1;
      parts[`closed-${index}`] = closedBy !== null;
    }
  }
  parts["others-count"] = `(${others})`;
  const then = first?.find((each) => each.at === at)?.choice;
  if (then && choice && then !== choice) parts["first-time"] = t("first_time", { choice: then.label });
  fill(stop, parts);
  return stop;
}

/** For each decision a button to stand there again. */
export function again(view: Element, visits: readonly Visit[]): void {
  const items = visits.flatMap(({ scene, run, after, choice }) => {
    if (!after || (scene.continues && !scene.skip)) return [];
    const item = one("again");
    find(item, "button").dataset.act = JSON.stringify({ do: "rewind", to: run.history.length });
    fill(item, {
      scene: scene.title,
      choice: choice ? t("again_choice", { choice: choice.label }) : t("again_skipped"),
      from: t("again_from", { scene: scene.title }),
    });
    return [item];
  });
  find(view, "[data-again]").append(...items);
}
