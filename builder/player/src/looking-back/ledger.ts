/** The ledger: every delayed consequence of what was chosen, meant or not, in the order of the choices, and whether it showed. */
import { find } from "player";
import type { Parts } from "../view/dom.js";
import type { Visit } from "./trail.js";

export function ledger(view: Element, visits: readonly Visit[]): Parts {
  const parts: Parts = {};
  visits.forEach(({ at, choice, taken }, index) =>
    choice?.later.forEach(({ to }, later) => {
      const id = `${at}-${taken}-${later}`;
      if (parts[`later-${id}`]) return;
      const line = find(view, `[data-part="later-${id}"]`);
      line.parentElement!.append(line);
      const group = line.closest<HTMLElement>(".owl-ledger")!;
      const came = visits.slice(index + 1).some((visit) => visit.at === to);
      Object.assign(parts, { later: true, [group.dataset.part!]: true, [`later-${id}`]: true, [`${came ? "came" : "unseen"}-${id}`]: true });
    }),
  );
  return parts;
}
