/** The map: the way one went, the first way beside it, and that there is more to see. */
import { find, get, t } from "player";
import type { Parts } from "../view/dom.js";
import { stopId } from "./path.js";
import type { Visit } from "./trail.js";

/** Marks the map in `view`. What was seen on neither way keeps its title to itself. */
export function markMap(view: Element, visits: readonly Visit[], first: readonly Visit[] | null): Parts {
  const parts: Parts = {};
  let unseen = 0;
  let endings = 0;
  for (const spot of view.querySelectorAll<SVGElement>("[data-spot]")) {
    const at = Number(spot.dataset.spot);
    const [now, before] = [visits, first ?? []].map((each) => numbersOf(each, at));
    const seen = now!.length + before!.length > 0;
    parts[`${seen ? "seen" : "unseen"}-${at}`] = true;
    if (seen) spot.classList.add("owl-spot--seen");
    else {
      unseen += 1;
      if (spot.matches(".owl-spot--ending")) endings += 1;
      spot.setAttribute("aria-hidden", "true");
    }
    number(spot, parts, `now-${at}`, now!);
    number(spot, parts, `first-${at}`, before!);
    if (!now!.length) continue;
    spot.classList.add("owl-spot--now");
    spot.setAttribute("href", `#${stopId(now![0]!)}`);
  }
  ways(view, visits, first ?? []);
  const drawing = find(view, ".owl-map");
  drawing.onclick = (event) => {
    const id = (event.target as Element).closest("a")?.getAttribute("href")?.slice(1);
    if (!id) return;
    event.preventDefault(); // the address stays what the LMS made it
    get(id).focus();
  };
  // Where it does not all fit, the beginning is in sight.
  const begin = find(drawing, `[data-spot="${visits[0]!.at}"] rect`);
  requestAnimationFrame(() => (drawing.scrollLeft = Number(begin.getAttribute("x")) + Number(begin.getAttribute("width")) / 2 - drawing.clientWidth / 2));
  parts["map-unseen"] = unseen > 0 && [t("map_unseen", { count: unseen }), endings > 0 ? t("map_unseen_endings", { count: endings }) : ""].join(" ");
  return parts;
}

function numbersOf(visits: readonly Visit[], at: number): number[] {
  return visits.flatMap((visit, index) => (visit.at === at ? [index + 1] : []));
}

/** Writes numbers on a spot; the plate behind them is as wide as they are, and grows inwards. */
function number(spot: Element, parts: Parts, key: string, numbers: readonly number[]): void {
  if (!numbers.length) return;
  const group = find<SVGGElement>(spot, `[data-part="${key}"]`);
  const [plate, words] = [...group.children] as [SVGRectElement, SVGTextElement];
  words.textContent = numbers.join(", ");
  const width = 14 + 8 * words.textContent.length;
  const [from, narrow] = [Number(plate.getAttribute("x")), Number(plate.getAttribute("width"))];
  const x = key.startsWith("first") ? from + narrow - width : from;
  plate.setAttribute("x", String(x));
  plate.setAttribute("width", String(width));
  words.setAttribute("x", String(x + width / 2));
  parts[key] = true;
}

function ways(view: Element, visits: readonly Visit[], first: readonly Visit[]): void {
  const [latest, earlier] = [visits, first].map((each) => new Set(each.slice(1).map(({ at }, index) => `${each[index]!.at}-${at}`)));
  const all = [...view.querySelectorAll<SVGElement>("[data-way]")];
  for (const way of all) {
    const [now, before] = [latest, earlier].map((taken) => taken!.has(way.dataset.way!));
    const to = find(view, `[data-spot="${way.dataset.way!.split("-")[1]}"]`);
    // What only happened by chance, or by passing over, is no way that one missed.
    if (!now && !before && way.matches(".owl-way--chance") && !to.matches(".owl-spot--event")) way.remove();
    // Over those that were not taken; where both went the first shows on the latest.
    if (now) draw(way, "owl-way--now");
    if (before) draw(way, "owl-way--first", ...(now ? ["owl-way--both"] : []));
  }
}

function draw(way: SVGElement, ...looks: string[]): void {
  const drawn = way.cloneNode() as SVGElement;
  drawn.classList.add(...looks);
  way.parentElement!.append(drawn);
}
