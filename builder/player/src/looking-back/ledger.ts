/** The ledger: every delayed consequence of what was chosen, meant or not, in the order of the choices, and whether it showed. */
import { find, holds } from "player";
import type { Parts } from "../view/dom.js";
import type { Visit } from "./trail.js";

export function ledger(view: Element, visits: readonly Visit[]): Parts {
  const parts: Parts = {};
  visits.forEach(({ at, choice, taken }, index) =>
    choice?.later.forEach(({ to, if: when }, later) => {
      const id = `${at}-${taken}-${later}`;
      if (parts[`later-${id}`]) return;
      const line = find(view, `[data-part="later-${id}"]`);
      line.parentElement!.append(line);
      const group = line.closest<HTMLElement>(".owl-ledger")!;
      const came = visits.some(({ run }) => run.arrived.some((each) => each.scene === at && each.choice === taken && each.later === later));
      // What was averted did not happen: nor will it.
      if (!came && (visits.slice(index + 1).some((visit) => visit.at === to) || !holds(when, visits[visits.length - 1]!.run))) return;
      Object.assign(parts, { later: true, [group.dataset.part!]: true, [`later-${id}`]: true, [`${came ? "came" : "unseen"}-${id}`]: true });
    }),
  );
  return parts;
}
