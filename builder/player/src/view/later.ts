/** Views that come with the second script of the page (`looking-back/`): nobody begins with them. */
import type { Scenario } from "../data.js";
import type { App } from "./app.js";
import { fill, one } from "./dom.js";
import { t } from "./texts.js";

export interface LaterViews {
  debrief(app: App, view: HTMLElement, scenario: Scenario): void;
}

let views: LaterViews | null = null;
let brought = (): void => {};

/** Called by the second script. */
export function bring(all: LaterViews): void {
  views = all;
  brought();
}

/** The views, or null while their script is not there. */
export function later(): LaterViews | null {
  return views;
}

/** What stands in their place meanwhile; when all of the page was tried, that the script did not come. */
export function waitingView({ on, redraw, announce }: App): HTMLElement {
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
