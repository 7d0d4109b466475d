/** Meters and progress: in words and as a picture, never the picture alone. */
import type { Meter, Scenario } from "../data.js";
import type { Run } from "../core-types.js";
import type { App } from "./app.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

function pieces(names: string, on: number, of: number): HTMLElement {
  const parts = Array.from({ length: of }, (_, index) => h(index < on ? "i.on" : "i"));
  return h(`span.${names}`, { "aria-hidden": "true" }, parts);
}

/** "3 van 5"; for a meter that does not start at nothing "1, van -2 tot 2". */
export function meterValue({ low, high }: Meter, value: number): string {
  return t(low ? "meter_range" : "meter_value", { value, low, high });
}

export function meters(app: App, scenario: Scenario, run: Run): HTMLElement | false {
  const items = scenario.meters.map((meter) => {
    const { key, name, low, high } = meter;
    const value = run.values[key] ?? meter.start;
    const moved = app.moved.get(key);
    const words = meterValue(meter, value) + (moved ? ` ${t("meter_was", { from: moved.from })}` : "");
    const many = high - low > 10 ? ".dots--many" : "";
    return h(
      "li",
      h("b", name),
      pieces(`dots${many}`, value - low, high - low),
      h("span", words),
    );
  });
  return items.length > 0 && h("ul.meters", { "aria-label": t("meters") }, items);
}

/** How far one is: words and as many pieces as there are steps (of a long course: at most 20). */
export function progressBar(words: string, done: number, of: number): HTMLElement {
  const shown = Math.min(of, 20);
  const on = done === of ? shown : Math.floor((done / of) * shown);
  return h("p.progress", pieces("progress__bar", on, shown), h("span", words));
}
