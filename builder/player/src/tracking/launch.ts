/** How a cmi5 LMS launches: the query (cmi5 §8.1), the token (§8.2), the launch data (§10). Hostile until checked. */
import type { Template } from "./statements.js";

/** What the query says; of the actor only that it has an account is known. */
export interface Launch {
  endpoint: string;
  fetch: string;
  actor: { account: { homePage: string; name: string }; name?: string };
  registration: string;
  activityId: string;
}

export interface LaunchData {
  contextTemplate: Template;
  mode: "normal" | "review" | "browse";
  moveOn: string;
  /** 0..1 */
  masteryScore: number | null;
  returnURL: string | null;
}

/** Null where the query is not a whole launch. It may hold more: an AU's own query is merged with it. */
export function launchOf(search: string): Launch | null {
  const given = new URLSearchParams(search);
  const [endpoint, fetch, registration, activityId] = ["endpoint", "fetch", "registration", "activityId"].map((name) => given.get(name) ?? "");
  const actor = read(given.get("actor")) as Launch["actor"] | null;
  if (!endpoint || !fetch || !registration || !activityId || !actor?.account?.name) return null;
  return { endpoint: endpoint.replace(/\/*$/, "/"), fetch, actor, registration, activityId };
}

/** Null where it is an error, which also comes with status 200 (§8.2), or no answer to the question at all. */
export function tokenOf(text: string): string | null {
  const token = (read(text) as Record<string, unknown> | null)?.["auth-token"];
  return typeof token === "string" && token ? token : null;
}

export function launchDataOf(text: string): LaunchData | null {
  const data = read(text) as Record<string, unknown> | null;
  if (!data || typeof data.contextTemplate !== "object" || !data.contextTemplate) return null;
  const { contextTemplate, launchMode, moveOn, masteryScore, returnURL } = data;
  return {
    contextTemplate: contextTemplate as Template,
    mode: launchMode === "Review" ? "review" : launchMode === "Browse" ? "browse" : "normal",
    moveOn: String(moveOn),
    masteryScore: typeof masteryScore === "number" ? masteryScore : null,
    returnURL: typeof returnURL === "string" && /^https?:/.test(returnURL) ? returnURL : null,
  };
}

/** JSON of an object, else null. */
export function read(text: string | null): object | null {
  try {
    const found = JSON.parse(text ?? "") as unknown;
    return typeof found === "object" ? found : null;
  } catch {
    return null;
  }
}
