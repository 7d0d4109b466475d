/**
 * The runtime form of a course, format 1: what the builder writes into the page and the player runs.
 * What is only shown is not here: it stands as HTML in the page's `<template>`s, whose ids this data names.
 * Keys are the author's (ids or anchors); codes are their short forms, two characters of [A-Za-z0-9_-], for saves.
 */

export type Compare = ">=" | ">" | "<=" | "<" | "=" | "!=";

export type Condition =
  | ["and" | "or", ...Condition[]]
  | ["not", Condition]
  | ["visited" | "chosen", string]
  | [Compare, string, number];

/** `op` "+" and "-" move a value, "=" sets it; a meter stays in its range, a variable within -999..999. */
export interface Effect {
  name: string;
  op: "+" | "-" | "=";
  number: number;
}

/** Child `i` of `[data-beats]` in the template with which these beats come holds the HTML of beat `i`. */
export interface Beat {
  kind: "prose" | "speech" | "thought";
  /** Key of a person of the scenario; set unless prose. */
  who?: string;
  if?: Condition;
  /** A thought that is not there on every way: when it is. */
  only?: Condition;
  /** Seen only when playing as this person. */
  role?: string;
}

export interface Later {
  /** Index of the scene on whose arrival it plays, before the text; not where `if` fails then. */
  to: number;
  if?: Condition;
  effects: Effect[];
}

export interface Choice {
  key: string;
  code: string;
  label: string;
  /** Index of the target scene; -1 in an event: on to where one was going. */
  to: number;
  /** Not offered unless it holds. */
  if?: Condition;
  /** Offered only when no other choice of the scene is open. */
  otherwise?: true;
  /** Shown but closed by this rule (index in the scenario's rules) unless `unless` holds. */
  closed?: { rule: number; unless?: Condition };
  /** Not offered once taken. */
  once?: true;
  effects: Effect[];
  later: Later[];
  /** The reaction, played after the choice; its HTML in `template`. */
  beats: Beat[];
  template?: string;
  /** Offered only when playing as this person. */
  role?: string;
}

export interface Scene {
  key: string;
  code: string;
  title: string;
  kind: "scene" | "event" | "ending";
  template: string;
  /** Key of the person one is here, where it differs from the scenario's. */
  me?: string;
  intense?: true;
  skip?: { to: number };
  /** Seen only when playing as this person. */
  role?: string;
  beats: Beat[];
  /** Empty only for an ending. */
  choices: Choice[];
  /** The only choice is a plain "verder": no decision, not reported, not in the debrief. */
  continues?: true;
  /** ASCII, at most 60 characters, unique in the course: the id under which a decision is reported. */
  report: string;
  /** Indices of the rules that play here. */
  rules?: number[];
  /** Events: indices of the scenes on whose leaving it may come, chance in percent. */
  at?: number[];
  chance?: number;
  if?: Condition;
  /** How often it may come in one run; absent: no limit. */
  most?: number;
}

export interface Meter {
  key: string;
  name: string;
  start: number;
  low: number;
  high: number;
}

export interface Scenario {
  key: string;
  code: string;
  title: string;
  /** Template of the opening, with `opening` its beats; may have none. */
  template: string;
  opening: Beat[];
  /** Key of the person that "je" is. */
  me: string;
  /** Names by key. */
  people: Record<string, string>;
  /** A rule is in force unless its `if` fails; one that is not closes nothing and is not shown. */
  rules: { if?: Condition }[];
  /** Whose eyes the finished run can be seen through; `begin` is where theirs starts. */
  replays: { who: string; begin?: number }[];
  meters: Meter[];
  variables: { key: string; start: number }[];
  /** Index of the first scene. */
  begin: number;
  /** Going back to the last decision: not; again only after a new choice; any number of times. */
  back: "no" | "scene" | "free";
  scenes: Scene[];
  /** Template of the debrief. */
  debrief: string;
  /** Keys of the debrief's own reflections; absent where there is no debrief. */
  looking?: Looking;
}

/** What one felt, in a few words; whether one can explain it to the outside world; an intention: when, then, and its day. */
export interface Looking {
  feeling: string;
  words: string;
  outside: string;
  when: string;
  then: string;
  date: string;
}

export interface Reflection {
  key: string;
  code: string;
  question: string;
  kind: "open" | "choice" | "scale" | "date";
  /** The widest place allowed. */
  keep: Keep;
  /** In characters (UTF-16 units); open only. */
  maximum: number;
  options: string[];
  scale?: { low: number; high: number };
}

export interface Question {
  key: string;
  code: string;
  options: { text: string; correct: boolean }[];
}

/** "lms": with the LMS; "device": in this browser; "not": only on the screen. */
export type Keep = "lms" | "device" | "not";

/** `template` is its screen; of a scenario what all its screens begin with. */
export interface Step {
  kind: "page" | "scenario" | "reflection" | "question" | "plan";
  key: string;
  code: string;
  template: string;
}

export interface Lesson {
  key: string;
  code: string;
  title: string;
  /** In the whole course, from 1. */
  number: number;
  /** In order. `key` of a scenario, reflection or question step is its key in the tables of the course. */
  steps: Step[];
}

export interface Course {
  format: 1;
  id: string;
  title: string;
  version: string;
  variant: string;
  /** Where this is one lesson of a course, with a record of its own: the key by which what is kept here is told apart. */
  sco?: string;
  language: string;
  /** Characters that a save may have in this package. */
  limit: number;
  /** When a course is complete: each scenario at an ending, or every step done. */
  rule: "endings" | "steps";
  /** How a finished course without a score to pass is told to the LMS. */
  report: "completed" | "passed";
  /** The knowledge checks give a score. */
  score?: true;
  /** The score from which one passes, 0..100; absent: nobody fails. */
  mastery?: number;
  /** Whether choices are sent as interactions. */
  choices: boolean;
  /** Proven upper bound, in characters, of everything in a save but free text. */
  historyBound: number;
  /** The frozen dictionaries for free text, by number: every one ever released, the newest is written with. */
  dictionaries?: Record<string, string>;
  lessons: Lesson[];
  scenarios: Record<string, Scenario>;
  reflections: Record<string, Reflection>;
  questions: Record<string, Question>;
}
