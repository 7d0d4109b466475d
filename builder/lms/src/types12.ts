// The CMI data types of SCORM 1.2 (Run-Time Environment, 1 October 2001, §3.4.5). All text is ASCII there.
import type { DataType } from "./standard.js";

const pattern = (expression: RegExp): DataType => (value) => expression.test(value);

const ascii = (limit: number): DataType => (value) => value.length <= limit && /^[\x00-\x7f]*$/.test(value);

const oneOf = (...words: readonly string[]): DataType => (value) => words.includes(value);

const DECIMAL = /^-?\d+(\.\d+)?$/;

const between = (low: number, high: number): DataType => (value) =>
  DECIMAL.test(value) && Number(value) >= low && Number(value) <= high;

const integer = (low: number, high: number): DataType => (value) =>
  /^[+-]?\d+$/.test(value) && Number(value) >= low && Number(value) <= high;

const either = (...types: readonly DataType[]): DataType => (value, other) =>
  types.some((type) => type(value, other));

const blank = oneOf("");

export const string255 = ascii(255);
export const string4096 = ascii(4096);
/** Given by the LMS, never checked: names of people are not ASCII. */
export const given: DataType = () => true;
export const identifier = pattern(/^[\x21-\x7e]{1,255}$/);
export const decimal = pattern(DECIMAL);
export const score = either(blank, between(0, 100));
export const timespan = pattern(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/);
export const timeOfDay = pattern(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
export const audio = integer(-1, 100);
export const speed = integer(-100, 100);
export const text = integer(-1, 1);
/** "not attempted" is in the vocabulary, but only the LMS may give it (§3.4.4, cmi.core.lesson_status). */
export const lessonStatus = oneOf("passed", "completed", "failed", "incomplete", "browsed");
export const objectiveStatus = either(lessonStatus, oneOf("not attempted"));
export const exit = oneOf("time-out", "suspend", "logout", "");
export const result = either(oneOf("correct", "wrong", "unanticipated", "neutral"), decimal);

const INTERACTION_TYPES = [
  "true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric",
] as const;
type InteractionType = (typeof INTERACTION_TYPES)[number];
export const interactionType = oneOf(...INTERACTION_TYPES);

const CHOICES = "[0-9a-z](,[0-9a-z])*";
const PAIRS = "[0-9a-z]\\.[0-9a-z](,[0-9a-z]\\.[0-9a-z])*";
const whole = (expression: string): DataType => pattern(new RegExp(`^(${expression})$`));
const orBraced = (expression: string): DataType => whole(`${expression}|\\{${expression}\\}`);

/** CMIFeedback: how an answer is written for each type of interaction. */
const RESPONSES: Readonly<Record<InteractionType, DataType>> = {
  "true-false": oneOf("t", "f", "1", "0"),
  choice: either(blank, orBraced(CHOICES)),
  "fill-in": string255,
  matching: either(blank, orBraced(PAIRS)),
  performance: string255,
  sequencing: either(blank, whole(CHOICES)),
  likert: either(blank, pattern(/^[0-9a-z]$/)),
  numeric: decimal,
};

/** The answer, or the correct pattern, of an interaction, as its type asks. */
export const feedback: DataType = (value, other) => {
  const type = other("cmi.interactions.n.type");
  return type in RESPONSES && RESPONSES[type as InteractionType](value, other);
};
