/** A knowledge check: answer, look, and read what there is to say about each option. How much is right is told to nobody here. */
import { fill, find, get, t } from "player";
import type { Question } from "../data.js";
import type { App } from "../view/app.js";
import type { Parts } from "../view/dom.js";

/** Whether going on is the thing to do now. */
export function questionView({ session, on }: App, view: HTMLElement, { key, options }: Question): boolean {
  const ticked = session.state().checks[key];
  const inputs = [...view.querySelectorAll("input")];
  const parts: Parts = { check: !ticked, again: !!ticked, [session.where]: true };
  const same = options.every(({ correct }, index) => correct === !!ticked?.includes(index));
  parts[same ? "right" : "other"] = true;
  options.forEach(({ correct }, index) => {
    const mine = !!ticked?.includes(index);
    inputs[index]!.checked = mine;
    parts[`option-${index}`] = mine || correct;
    parts[`${mine ? "mine" : "missed"}-${index}`] = true;
  });
  fill(view, parts);
  on.check = () => {
    const chosen = inputs.flatMap(({ checked }, index) => (checked ? [index] : []));
    if (chosen.length === 0) {
      find(view, ".owl-problem").textContent = t("pick_first");
      return;
    }
    session.dispatch({ do: "check", question: key, ticked: chosen });
    find(get("main"), "h2[tabindex]").focus();
  };
  return !!ticked;
}
