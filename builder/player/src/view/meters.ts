/** Meters and progress: in words and as a picture, never the picture alone. */
import type { Scenario } from "../data.js";
import type { Run } from "../core-types.js";
import type { App } from "./app.js";
import { find } from "./dom.js";
import { t } from "./texts.js";

/** Sets the first `on` pieces of a picture, and the words beside it. */
function show(element: Element, on: number, words: string): void {
  element.querySelectorAll("i").forEach((piece, index) => piece.classList.toggle("owl-on", index < on));
  element.lastElementChild!.textContent = words;
}

/** Lays the meters under the title: "3 van 5"; for one that does not start at nothing "1, van -2 tot 2". */
export function meters(view: Element, app: App, scenario: Scenario, run: Run): void {
  const list = view.querySelector(".owl-meters");
  if (!list) return;
  scenario.meters.forEach(({ key, start, low, high }, index) => {
    const value = run.values[key] ?? start;
    const moved = app.moved.get(key);
    const words = t(low ? "meter_range" : "meter_value", { value, low, high });
    if (moved) list.children[index]!.className = moved.to > moved.from ? "owl-up" : "owl-down";
    show(list.children[index]!, value - low, moved ? `${words} ${t("meter_was", { from: moved.from })}` : words);
  });
  find(view, "h1").parentElement!.after(list);
}

/** How far one is: words and a piece for each step (of a long course: at most 20 pieces). */
export function progressBar(element: Element, words: string, done: number, of: number): void {
  show(element, Math.floor((done * element.querySelectorAll("i").length) / of), words);
}
