/** What became of the last save, always in sight: a mark and words, and a button where trying again helps. */
import type { Session } from "../session-types.js";
import { copy } from "./dom.js";

/** A save that is done this soon is not told: "saving" would only flicker, and be read aloud. In milliseconds. */
const QUICK = 800;

/** The state of the save, or where it goes when that is not the LMS. */
function telling(session: Session): string {
  const kind = session.offer()?.kind;
  const state = kind === "newer" || kind === "other" ? "off" : session.saveState();
  if (state === "saved" && session.where !== "lms") return session.where;
  return state === "off" && session.mode === "review" ? "review" : state;
}

/** Keeps `place` (a live region) up to date. */
export function saveStatus(session: Session, place: HTMLElement): () => void {
  let shown = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (next: string): void => {
    if (next === shown) return;
    shown = next;
    place.className = `owl-save owl-save--${next}`;
    place.replaceChildren(copy(`save-${next}`));
  };
  return () => {
    clearTimeout(timer);
    const next = telling(session);
    if (next === "saving" && shown) timer = setTimeout(() => show(next), QUICK);
    else show(next);
  };
}
