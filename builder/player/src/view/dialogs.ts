/** The dialogs of the page, in the browser's own element: focus stays inside, Escape closes, focus goes back. */
import type { App } from "./app.js";
import { button, get } from "./dom.js";
import { keepForm, places } from "./keep.js";
import { t } from "./texts.js";

/** Ask, and act on the button with a value. */
function ask(id: string, act: () => void): void {
  const dialog = get<HTMLDialogElement>(`${id}-dialog`);
  dialog.onclick = ({ target }) => {
    const pressed = (target as Element).closest("button");
    if (!pressed) return;
    dialog.close();
    if (pressed.value) act();
  };
  dialog.showModal();
}

/** Makes the buttons of header and footer work. */
export function buttons(app: App): void {
  const { session, drafts } = app;
  const on = (id: string, act: () => void): void => get(id).addEventListener("click", act);
  on("contents", () => session.dispatch({ do: "go", place: { at: "contents" } }));
  on("keep", () => {
    const dialog = get<HTMLDialogElement>("keep-dialog");
    const close = (): void => dialog.close();
    const chosen = (): void => {
      close();
      app.redraw();
      app.announce(t("keep_changed"));
    };
    get("keep-form").replaceChildren(keepForm(app, t("keep_change"), chosen, button("subtle", close, t("cancel"))));
    get("wipe-part").hidden = !places(session).includes("device");
    dialog.showModal();
  });
  on("restart", () =>
    ask("restart", () => {
      drafts.clear();
      session.dispatch({ do: "restart" });
    }),
  );
  on("wipe", () => {
    get<HTMLDialogElement>("keep-dialog").close();
    ask("wipe", () => {
      drafts.clear();
      session.wipe();
      app.redraw();
      app.announce(t("wiped"));
    });
  });
  on("leave", () => {
    get("leave-dialog").querySelector("p")!.textContent = t(drafts.size ? "leave_drafts" : "leave_more");
    ask("leave", app.leave);
  });
}
