/** The dialogs of the page, in the browser's own element: focus stays inside, Escape closes, focus goes back. */
import type { App } from "./app.js";
import { find, get } from "./dom.js";
import { keepForm } from "./later.js";
import { t } from "./texts.js";

/** Makes every button work: `data-act` is an action for the core, `data-ui` a name in `app.on`. */
export function buttons(app: App): void {
  const { session, drafts, on } = app;
  const open = (id: string): void => get<HTMLDialogElement>(`${id}-dialog`).showModal();
  document.addEventListener("click", ({ target }) => {
    const pressed = (target as Element).closest("button");
    if (!pressed) return;
    const { act, ui } = pressed.dataset;
    if (ui !== "kept") pressed.closest("dialog")?.close(); // "kept" may have something to ask first
    if (act) session.dispatch(JSON.parse(act));
    else on[ui!]?.(pressed);
  });
  document.addEventListener("change", ({ target }) =>
    (target as Element).closest(".owl-form")?.querySelector("p.owl-problem")?.replaceChildren(),
  );
  on.retry = () => session.retry();
  on.keep = () => {
    get("keep-form").replaceChildren(keepForm(app, true));
    get("wipe-part").hidden = !session.device;
    open("keep");
  };
  on.pause = () => open("pause");
  on.restart = () => open("restart");
  on["restart-sure"] = () => {
    drafts.clear();
    session.dispatch({ do: "restart" });
  };
  on.wipe = () => open("wipe");
  on["wipe-sure"] = () => {
    drafts.clear();
    session.wipe();
    app.redraw();
    app.announce(t("wiped"));
  };
  on.leave = () => {
    find(get("leave-dialog"), "p").textContent = t(drafts.size ? "leave_drafts" : "leave_more");
    open("leave");
  };
  on["leave-sure"] = () => app.leave();
}
