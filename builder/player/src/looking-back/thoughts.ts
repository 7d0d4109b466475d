/** Below the waterline: what others thought on this path, what of it came up, and which act would have brought up the rest. */
import { beatsOf, copy, find, one, t } from "player";
import type { Scenario } from "../data.js";
import type { Parts } from "../view/dom.js";
import { depths, type Visit } from "./trail.js";

export function thoughts(view: Element, scenario: Scenario, visits: readonly Visit[]): Parts {
  const all = depths(scenario, visits);
  const section = find(view, "[data-thoughts]");
  const hints = new Map([...section.querySelectorAll<HTMLElement>("[data-hint]")].map((hint) => [hint.dataset.hint, hint]));
  for (const hint of hints.values()) hint.remove();
  let up = 0;
  let down = 0;
  for (const depth of all) {
    const part = one("depth");
    find(part, "h3").textContent = depth.title;
    for (const each of depth.thoughts) {
      const told = find(part, ".owl-under__inner");
      told.append(copy(each.up ? "came-up" : "stayed-below"), beatsOf(copy(each.template))[each.child]!);
      if (each.up) up += 1;
      else {
        down += 1;
        told.append(hints.get(`${each.template}/${each.child}`) ?? "");
      }
    }
    section.append(part);
  }
  return {
    thoughts: all.length > 0 && `${t("came_up_count", { count: up })} ${t("stayed_count", { count: down })}`,
    "no-thoughts": all.length === 0,
  };
}
