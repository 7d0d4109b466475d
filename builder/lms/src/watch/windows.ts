// The windows a learner has open: the frame on the page, its pop-up, a second tab. All are of this origin.
import type { Fault } from "../faults.js";
import type { LogEntry } from "../log.js";

/** A window of the LMS: the page that launches, and `opened` where it put the package in another. */
type LmsWindow = Window & { opened?: Window | null };

export interface Open {
  readonly session: string;
  readonly since: number;
  readonly window: LmsWindow;
  /** Null for a tab of its own. */
  readonly frame: HTMLIFrameElement | null;
}

export class Windows {
  readonly #stage: HTMLElement;
  readonly #title: string;
  #open: Open[] = [];
  #gone: string[] = [];

  constructor(stage: HTMLElement, title: string) {
    this.#stage = stage;
    this.#title = title;
  }

  get open(): readonly Open[] {
    for (const each of this.#open.filter((one) => !one.frame && one.window.closed)) this.#forget(each);
    return this.#open;
  }

  /** Sessions whose window is no more. */
  get gone(): readonly string[] {
    return this.#gone;
  }

  /** In the frame on the page; there is one at a time. */
  frame(session: string, address: string): void {
    const frame = document.createElement("iframe");
    frame.title = this.#title;
    frame.allowFullscreen = true;
    frame.src = address;
    this.#stage.replaceChildren(frame);
    if (frame.contentWindow) this.#open.push({ session, since: Date.now(), window: frame.contentWindow, frame });
  }

  /** `tab` was opened at the moment of the press; browsers let nothing open later. */
  tab(session: string, address: string, tab: Window): void {
    tab.location.href = address;
    this.#open.push({ session, since: Date.now(), window: tab, frame: null });
  }

  /** The LMS's own way out: its page makes place for another. Or the tab closes, which no page can prevent. */
  async leave(how: "leave" | "close"): Promise<void> {
    for (const each of this.#open.filter((one) => one.frame)) {
      each.window.opened?.close();
      if (how === "leave" && each.frame) {
        const { frame } = each;
        const away = new Promise((done) => { frame.addEventListener("load", done, { once: true }); });
        frame.src = "about:blank";
        await away;
      }
      this.#forget(each);
    }
    this.#stage.replaceChildren();
  }

  async closeAll(): Promise<void> {
    await this.leave("close");
    for (const each of this.#open) each.window.close();
    this.#open = [];
  }

  faults(faults: readonly Fault[]): void {
    for (const desk of this.#desks()) desk.faults(faults);
  }

  /** What no server has heard yet is told by the windows themselves. */
  entries(): LogEntry[] {
    return this.#desks().flatMap((desk) => [...desk.log()]);
  }

  forgetGone(): void {
    this.#gone = [];
  }

  #desks(): NonNullable<Window["lms"]>[] {
    return this.open.flatMap(({ window }) => [window, window.opened].flatMap((each) => {
      try {
        // Before its script has run, the name is that of an element.
        return each && !each.closed && typeof each.lms?.log === "function" ? [each.lms] : [];
      } catch {
        return []; // the package led its window elsewhere
      }
    }));
  }

  #forget(gone: Open): void {
    this.#gone.push(gone.session);
    this.#open = this.#open.filter((each) => each !== gone);
  }
}
