/** Below the waterline: what others thought on this path, what of it came up, and which act would have brought up the rest. */
import { beatsOf, copy, fill, find, one, t } from "player";
import type { Scenario } from "../data.js";
import type { Parts } from "../view/dom.js";
import { depths, type Visit } from "./trail.js";

export function thoughts(view: Element, scenario: Scenario, visits: readonly Visit[]): Parts {
  const all = depths(scenario, visits);
  const section = find(view, "[data-thoughts]");
  const hints = new Map([...section.querySelectorAll<HTMLElement>("[data-hint]")].map((hint) => [hint.dataset.hint, hint]));
  for (const hint of hints.values()) hint.remove();
  // What no choice brings up lies together, person by person.
  const folds = [...section.querySelectorAll<HTMLElement>("[data-kept]")];
  const foldOf = (id: string): HTMLElement | undefined => folds.find((fold) => fold.dataset.kept!.split(" ").includes(id));
  let up = 0;
  let down = 0;
  for (const depth of all) {
    const part = one("depth");
    find(part, "h3").textContent = depth.title;
    for (const each of depth.thoughts) {
      const id = `${each.template}/${each.child}`;
      const beat = beatsOf(copy(each.template))[each.child]!;
      const fold = each.up ? undefined : foldOf(id);
      const water = find(fold ?? part, ".owl-under__inner");
      if (each.up) up += 1;
      else down += 1;
      if (!fold) water.append(copy(each.up ? "came-up" : "stayed-below"), beat, (!each.up && hints.get(id)) || "");
      else if (fold.dataset.last === depth.title) water.append(beat);
      else water.append(placeOf((fold.dataset.last = depth.title)), beat);
    }
    if (part.querySelector(".owl-thought")) section.append(part);
  }
  for (const fold of folds) {
    const count = fold.querySelectorAll(".owl-thought").length;
    fill(fold, { count: `(${count})` });
    if (count) section.append(fold);
    else fold.remove();
  }
  return {
    thoughts: all.length > 0 && `${t("came_up_count", { count: up })} ${t("stayed_count", { count: down })}`,
    "no-thoughts": all.length === 0,
  };
}

function placeOf(title: string): HTMLElement {
  const place = one("kept-in");
  place.textContent = title;
  return place;
}
