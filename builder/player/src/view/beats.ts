/** Prose, speech and thought of a scene. Consecutive thoughts lie together below the waterline. */
import { find, one } from "./dom.js";

/** Each beat of a screen: child `i` is beat `i`. */
export function beatsOf(root: ParentNode): Element[] {
  return [...find(root, "[data-beats]").children];
}

/** Keep of the beats in `root` those in `shown` (indices), and lay the thoughts in water. */
export function play(root: ParentNode, shown: readonly number[]): void {
  const place = find(root, "[data-beats]");
  let water: Element | null = null;
  beatsOf(root).forEach((beat, child) => {
    if (!shown.includes(child)) return;
    if (!beat.matches(".owl-thought")) {
      water = null;
      place.before(beat);
      return;
    }
    if (!water) {
      const under = one("under");
      place.before(under);
      water = under.lastElementChild!;
    }
    water.append(beat);
  });
  place.remove();
}
