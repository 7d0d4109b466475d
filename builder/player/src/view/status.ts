/** What became of the last save, always in sight: a mark and words, and a button where trying again helps. */
import type { Session } from "../session-types.js";
import { button, h, icon } from "./dom.js";
import { t } from "./texts.js";

/** A save that is done this soon is not told: "saving" would only flicker, and be read aloud. */
const QUICK = 800;

type Telling = "saved" | "saving" | "offline" | "failed" | "review" | "device" | "memory";

const MARKS = { saved: "tick", saving: "busy", offline: "warn", failed: "warn", review: "eye", device: "tick", memory: "warn" } as const;

function telling(session: Session): Telling {
  switch (session.saveState()) {
    case "saving":
      return "saving";
    case "retrying":
      return "offline";
    case "lost":
      return "failed";
    case "off":
      return "review";
    case "saved":
      return session.where === "lms" ? "saved" : session.where;
  }
}

/** Keeps `place` (a live region) up to date. */
export function saveStatus(session: Session, place: HTMLElement): () => void {
  let shown: Telling | null = null;
  let timer = 0;
  const show = (next: Telling): void => {
    if (next === shown) return;
    shown = next;
    place.className = `owl-save owl-save--${next}`;
    const words = next === "review" && session.mode === "normal" ? "save_off" : `save_${next}`;
    place.replaceChildren(
      icon(MARKS[next]),
      h("span", t(words)),
      ...(next === "offline" || next === "failed" ? [button("secondary-action", () => session.retry(), t("retry"))] : []),
    );
  };
  return () => {
    window.clearTimeout(timer);
    const next = telling(session);
    if (next === "saving" && shown) timer = window.setTimeout(() => show(next), QUICK);
    else show(next);
  };
}
