/** Prose, speech and thought of a scene. Thoughts lie together below its one waterline. */
import { find, one } from "./dom.js";

/** Each beat of a screen: child `i` is beat `i`. */
export function beatsOf(root: ParentNode): Element[] {
  return [...find(root, "[data-beats]").children];
}

/** Keep of the beats in `root` those in `shown` (indices): above what can be seen and heard, below it the thoughts, each in its order. */
export function play(root: ParentNode, shown: readonly number[]): void {
  const place = find(root, "[data-beats]");
  const under = one("under");
  const water = under.lastElementChild!;
  beatsOf(root).forEach((beat, child) => {
    if (!shown.includes(child)) return;
    if (beat.matches(".owl-thought")) water.append(beat);
    else place.before(beat);
  });
  if (water.hasChildNodes()) place.before(under);
  place.remove();
}
