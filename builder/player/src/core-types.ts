/**
 * The player's core in types: `step(course, state, action) -> { state, commands }`.
 * State is a plain frozen value; commands are data for the shell (session.ts) to carry out.
 */
import type { Keep } from "./data.js";

/** One thing that happened in a run, as it is saved. */
export type Happened = { choice: string } | { event: string } | { skip: true }; // keys of choice and event

/** A delayed consequence on its way, or just arrived. Indices of scene, choice and later in the scenario. */
export interface Pending {
  scene: number;
  choice: number;
  later: number;
}

export type Phase = "opening" | "reaction" | "scene";

/** A play of one scenario, whole: what can be derived by replaying `history`. */
export interface Run {
  phase: Phase;
  /** Index of the scene one is in (or, in phases "opening" and "reaction", goes to next). */
  scene: number;
  /** The choice whose reaction is on the screen (phase "reaction") or that led here. */
  last: { scene: number; choice: number } | null;
  /** Meters and variables by key. */
  values: Record<string, number>;
  /** Keys, sorted. */
  visited: string[];
  chosen: string[];
  /**
   * Keys of once-only choices taken ("scene/choice"), and of events that come only so often each time that one came
   * ("key", "key#2", "key#3"); sorted.
   */
  spent: string[];
  /** In the scenario's order, each at most once: a choice taken again while its consequence is on its way adds nothing. */
  pending: Pending[];
  /** Consequences that arrived with this scene, played before its text. */
  arrived: Pending[];
  /** Where an event's "verder" goes on to. */
  resume: number | null;
  history: Happened[];
  /** In an ending. */
  ended: boolean;
  /** Just gone back, and nothing chosen since. */
  undone: boolean;
}

/**
 * `now` is null until the first action in the scenario ("begin", or a choice where there is no opening);
 * `first` is the first finished run, kept beside a later one for comparison.
 */
export interface Runs {
  now: Run | null;
  first: Run | null;
}

/**
 * `text` of an open question is what was typed; of a choice the index of the option, of a scale the number,
 * both in decimal digits; of a date YYYYMMDD. `keep` is the widest place for this one answer; where it is kept in fact is the
 * narrowest of this, the learner's choice and the question's (`placeOf` in core/answers.ts).
 */
export interface Answer {
  text: string;
  keep: Keep;
}

/** What a save held that this course or player cannot read; written back as it was, never shown. */
export interface Leftover {
  /** Free texts under another dictionary, or damaged: dropped only when the learner writes anew. */
  raw: { dictionary: string; text: string } | null;
  /** Texts of reflections this course does not have, by code. */
  texts: Record<string, string>;
}

/** One turn of the way a run went (`wayOf`): indices of scene and choice, and the values after it. */
export type Turn =
  | { kind: "choice"; scene: number; choice: number; values: Record<string, number> }
  /** `scene` is the event's. */
  | { kind: "event"; scene: number; values: Record<string, number> }
  /** `scene` is the one that was skipped. */
  | { kind: "skip"; scene: number; values: Record<string, number> };

/** Seeing the finished run through another's eyes: index in `replays`, and the turn. */
export interface Mirror {
  as: number;
  at: number;
}

/** What one means to do, and all answers; `from` is where one came from, and is not in a save. */
export type Plan = { at: "plan"; from?: Place };

/** `mirror` only in a debrief; a save does not hold it. */
export type Place = { at: "contents" } | Plan | { at: "step"; lesson: number; step: number; debrief?: boolean; mirror?: Mirror };

export interface State {
  seed: number;
  place: Place;
  /** Keys of scenarios with a run. */
  runs: Record<string, Runs>;
  /** Codes of steps that are done: pages read, endings reached, questions answered. Sorted. */
  done: string[];
  /** Where the learner wants answers kept; null until chosen. */
  keep: Keep | null;
  /** By key of the reflection. */
  answers: Record<string, Answer>;
  /** By key of the question: the indices ticked. */
  checks: Record<string, number[]>;
  leftover: Leftover;
  /** What an update of the course, or a damaged save, took away; to be told and then cleared. */
  notices: Notice[];
}

export type Notice =
  /** Of the scenario with this key: the run is true up to this scene (its index), or not at all. */
  | { kind: "changed"; scenario: string; scene?: number }
  /** Its first finished run is no longer true, or not to its end. */
  | { kind: "first-changed"; scenario: string }
  | { kind: "scenario-gone" }
  | { kind: "place-gone" }
  /** Of a question, or of an option, that is no longer there. */
  | { kind: "answer-gone" }
  | { kind: "text-garbled" }
  | { kind: "save-damaged" }
  | { kind: "save-newer" };

export type Action =
  | { do: "go"; place: Place }
  | { do: "next" } // the following step, or the contents after the last one
  | { do: "previous" }
  | { do: "begin" } // from a scenario's opening to its first scene; starts the run if there is none
  | { do: "choose"; choice: number } // index in the scene's choices
  | { do: "continue" } // from a reaction to the scene
  | { do: "skip" } // past an intense scene
  | { do: "back" } // to before the last decision, as far as the scenario allows
  | { do: "debrief" } // from an ending
  | { do: "replay" } // play again; a finished run becomes `first` if there was none
  | { do: "rewind"; to: number } // from a debrief: stand again at the decision before this item of the history
  | { do: "keep"; where: Keep }
  | { do: "answer"; reflection: string; text: string; keep?: Keep } // keep: a narrower place for this one
  | { do: "check"; question: string; ticked: number[] }
  | { do: "heard" } // the notices have been read
  | { do: "restart" }; // everything anew, answers included (the view asks first)

export type Command =
  | { order: "save" }
  | { order: "record"; interaction: Interaction }
  | { order: "report"; progress: Progress }
  /** Focus on the heading of what is now on the screen, which announces it. */
  | { order: "focus" }
  /** A meter moved: to be announced politely. */
  | { order: "announce"; meter: string; from: number; to: number };

/** A decision, to be told to the LMS as an interaction. */
export interface Interaction {
  id: string;
  /** Index of the choice in its scene: 0 is "a". */
  response: number;
  /** What the learner read on it, for formats that take text. */
  label: string;
}

export interface Progress {
  /** Whether everything was done that the course's rule of completion asks for. */
  complete: boolean;
  /** 0..1 */
  measure: number;
  /** Part of the knowledge checks that is right, a whole number 0..100; null until complete, or where the course keeps no score. */
  score: number | null;
  /** Passed or failed; null until complete, or where the course judges nobody. */
  success: boolean | null;
}

/** A choice as it stands on the screen now. */
export interface Offer {
  index: number;
  label: string;
  /** Index of the rule that closes it, or null. */
  closedBy: number | null;
  /** A rule would close it here, but it was opened: taking it stretches that rule. */
  bends: boolean;
}

/** A beat on the screen now: the template and which child of it. */
export interface Shown {
  template: string;
  child: number;
}

/** What the learner sees of a run; derived, never stored. */
export interface Screen {
  kind: "opening" | "reaction" | "scene" | "ending";
  /** Index; of a reaction the scene in which the choice was made, of the opening the first scene. */
  scene: number;
  beats: Shown[];
  offers: Offer[];
  arrived: readonly Pending[];
  /** Someone else's thought stays below the waterline here. */
  below: boolean;
}
