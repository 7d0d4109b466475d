/** Where the learner's answers are kept: three places, nothing chosen beforehand, to be changed at any time. */
import { fill, find, get, one, t } from "player";
import type { Keep } from "../data.js";
import type { Session } from "../session-types.js";
import type { App } from "../view/app.js";

/** The places there are here, widest first: no LMS, no storage, then not those. */
export function places(session: Session): Keep[] {
  return [...(session.where === "lms" ? ["lms" as const] : []), ...(session.device ? ["device" as const] : []), "not"];
}

let forms = 0;

/** The question itself; `again` in its dialog, else in the place of the first answer. */
export function keepForm(app: App, again: boolean): HTMLElement {
  const { session } = app;
  const form = one("keep-screen");
  fill(form, { again, first: !again, ...Object.fromEntries(places(session).map((place) => [place, true])) });
  forms += 1; // the dialog's radio buttons are not those of the page below it
  for (const radio of form.querySelectorAll("input")) {
    radio.name += forms;
    radio.checked = radio.value === session.state().keep;
  }
  app.on.kept = (pressed) => {
    const here = pressed.closest<HTMLElement>(".owl-keep")!;
    const dialog = here.closest("dialog");
    const chosen = here.querySelector<HTMLInputElement>(":checked");
    if (!chosen) {
      find(here, ".owl-problem").textContent = t("keep_choose");
      find(here, "input").focus();
      return;
    }
    session.dispatch({ do: "keep", where: chosen.value as Keep });
    if (dialog) {
      dialog.close();
      app.redraw();
      app.announce(t("keep_changed"));
    } else get("main").querySelector<HTMLElement>("textarea, input")?.focus();
  };
  return form;
}
