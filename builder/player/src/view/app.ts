/** What every view gets: the session, and a way to draw and tell things outside its own part of the page. */
import type { Session } from "../session-types.js";

export interface App {
  readonly session: Session;
  /** What a button with `data-ui` does, by that name; each view puts in its own. */
  readonly on: Record<string, (pressed: HTMLButtonElement) => void>;
  /** Draw the screen again although the state did not change; focus goes to its heading. */
  redraw(): void;
  /** Say this politely to who cannot see it change. */
  announce(text: string): void;
  /** What meters just moved, by key, on this screen. */
  readonly moved: ReadonlyMap<string, { from: number; to: number }>;
  /** What was typed but could not be stored, by key of the reflection: nothing is dropped. */
  readonly drafts: Map<string, string>;
  /** The learner ended the session: only the closing words are left. */
  leave(): void;
}
