/** What comes with the second script of the page (`looking-back/`): nobody begins with it. */
import type { Step } from "../data.js";
import type { App } from "./app.js";
import { fill, one } from "./dom.js";
import { t } from "./texts.js";

/** The screen of a step, a debrief or the plan (`step` null). */
export type Show = (app: App, step: Step | null) => HTMLElement;

let brought = (): void => {};
let show: Show = waitingView;

/** The question where answers are kept; `again` in its dialog. */
export let keepForm: (app: App, again: boolean) => HTMLElement = waitingView;

/** Called by the second script. */
export function bring(view: Show, keep: typeof keepForm): void {
  show = view;
  keepForm = keep;
  brought();
}

/** The screen, as soon as its script is there. */
export function laterView(app: App, step: Step | null): HTMLElement {
  return show(app, step);
}

/** What stands in its place meanwhile; when all of the page was tried, that the script did not come. */
function waitingView({ on, redraw, announce }: App): HTMLElement {
  const failed = document.readyState === "complete";
  const view = one("waiting");
  fill(view, { failed, waiting: !failed });
  brought = () => void (view.isConnected && redraw());
  if (!failed) addEventListener("load", brought, { once: true });
  on.refetch = () => {
    const script = document.createElement("script");
    script.src = [...document.scripts].pop()!.src;
    script.onerror = () => announce(t("waiting_failed"));
    document.body.append(script);
  };
  return view;
}
