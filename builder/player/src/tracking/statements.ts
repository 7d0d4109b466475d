/** The statements of cmi5 (§7.1, §9), as values. Nothing a learner wrote is in any of them. */
import type { Interaction } from "../core-types.js";
import type { Course } from "../data.js";
import type { Launch } from "./launch.js";

const CMI5 = "https://w3id.org/xapi/cmi5/";

/** The last two are "cmi5 allowed": ours, not of the standard's own. */
export type Verb = "initialized" | "completed" | "passed" | "failed" | "terminated" | "answered" | "progressed";

export interface Template {
  contextActivities?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
  [more: string]: unknown;
}

export interface Statement {
  id: string;
  verb: { id: string; display: Record<string, string> };
  [more: string]: unknown;
}

export interface Said {
  verb: Verb;
  id: string;
  /** Milliseconds since 1970, UTC. */
  at: number;
  result?: Record<string, unknown>;
  /** Of the activity that a learner answered, which is a part of the one launched. */
  answered?: { id: string; definition: object };
  /** Tells the mastery score that decided (§9.6). */
  mastery?: number | null;
}

export function statement({ actor, registration, activityId }: Launch, template: Template, said: Said): Statement {
  const { verb, id, at, result, answered, mastery } = said;
  const context = JSON.parse(JSON.stringify(template)) as Template;
  const categories = [
    ...(ALLOWED.includes(verb) ? [] : ["cmi5"]),
    ...(["completed", "passed", "failed"].includes(verb) ? ["moveon"] : []),
  ].map((name) => ({ objectType: "Activity", id: `${CMI5}context/categories/${name}` }));
  if (categories.length) {
    const { category, ...others } = context.contextActivities ?? {};
    context.contextActivities = { ...others, category: [...[category ?? []].flat(), ...categories] };
  }
  if (typeof mastery === "number") context.extensions = { ...context.extensions, [`${CMI5}context/extensions/masteryscore`]: mastery };
  return {
    id,
    actor,
    verb: { id: iri(verb), display: { en: verb } },
    object: { objectType: "Activity", id: activityId, ...(answered && { ...answered, id: `${activityId}/${encodeURIComponent(answered.id)}` }) },
    context: { ...context, registration },
    ...(result && { result }),
    timestamp: new Date(at).toISOString(),
  };
}

export const ALLOWED: readonly string[] = ["answered", "progressed"];

export const iri = (verb: Verb): string => `http://adlnet.gov/expapi/verbs/${verb}`;

/** How far the whole is, in whole hundredths (§9.5). */
export const progressed = (measure: number): Record<string, unknown> => ({
  extensions: { [`${CMI5}result/extensions/progress`]: Math.floor(measure * 100) },
});

/** `score`: 0..100, or null. */
export function scored(score: number | null): Record<string, unknown> {
  return score === null ? {} : { score: { scaled: score / 100, raw: score, min: 0, max: 100 } };
}

/** Milliseconds as an ISO 8601 duration with hundredths (§9.5). */
export const duration = (milliseconds: number): string => `PT${(Math.max(milliseconds, 0) / 1000).toFixed(2)}S`;

/** The choices of a scene in the author's words (xAPI's `cmi.interaction`); there is no right one. */
export function definition(course: Course, { id, response, label }: Interaction): object {
  const scenes = Object.values(course.scenarios).flatMap((scenario) => scenario.scenes);
  const scene = scenes.find(({ report }) => report === id);
  const labels = scene?.choices.map((choice) => choice.label) ?? { [response]: label };
  return {
    type: "http://adlnet.gov/expapi/activities/cmi.interaction",
    interactionType: "choice",
    name: { [course.language]: scene?.title ?? id },
    choices: Object.entries(labels).map(([index, words]) => ({ id: letter(Number(index)), description: { [course.language]: words } })),
  };
}

/** 0 is "a". */
export const letter = (index: number): string => String.fromCharCode(97 + index);
