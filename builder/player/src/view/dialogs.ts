/** Dialogs in the browser's own element: it keeps focus inside, closes on Escape and gives focus back. */
import type { App } from "./app.js";
import { button, type Child, freshId, h, heading, para } from "./dom.js";
import { keepForm, places } from "./keep.js";
import { t } from "./texts.js";

function dialog(title: string, ...children: Child[]): { element: HTMLDialogElement; close: () => void } {
  const id = freshId();
  const head = heading(2, title);
  head.id = id;
  const element = h("dialog", { class: "owl-dialog", "aria-labelledby": id, onclose: () => element.remove() }, head, children);
  document.body.append(element);
  return { element, close: () => element.close() };
}

/** Where answers are kept, to look up and to change. */
export function keepDialog(app: App): void {
  const { session } = app;
  const cancel = button("subtle", () => made.close(), t("cancel"));
  const chosen = (): void => {
    made.close();
    app.redraw();
    app.announce(t("keep_changed"));
  };
  const wipe = (): void => {
    made.close();
    wipeDialog(app);
  };
  const made = dialog(
    t("keep_title"),
    keepForm(app, t("keep_change"), chosen, cancel),
    places(session).includes("device") &&
      h("div", { class: "owl-dialog__apart" }, para(t("wipe_more")), button("secondary-action", wipe, t("wipe"))),
  );
  made.element.showModal();
}

function confirm(title: string, more: string, yes: string, act: () => void): void {
  const made = dialog(
    title,
    para(more),
    h(
      "div",
      { class: "owl-actions" },
      button(
        "primary-action",
        () => {
          made.close();
          act();
        },
        yes,
      ),
      button("secondary-action", () => made.close(), t("cancel")),
    ),
  );
  made.element.showModal();
}

export function restartDialog(app: App): void {
  confirm(t("restart"), t("restart_more"), t("restart_yes"), () => {
    app.drafts.clear();
    app.session.dispatch({ do: "restart" });
  });
}

function wipeDialog(app: App): void {
  confirm(t("wipe"), t("wipe_sure"), t("wipe_yes"), () => {
    app.drafts.clear();
    app.session.wipe();
    app.redraw();
    app.announce(t("wiped"));
  });
}

export function leaveDialog(app: App): void {
  confirm(t("leave"), t(app.drafts.size ? "leave_drafts" : "leave_more"), t("leave_yes"), app.leave);
}
