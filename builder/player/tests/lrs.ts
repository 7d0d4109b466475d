/** A Learning Record Store that is an object, behind `fetch`: it does what it is told, and remembers what was asked. */

export interface Call {
  method: string;
  /** "fetch", "statements", "activities/state", "agents/profile". */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  keepalive: boolean;
}

export interface Said {
  id: string;
  verb: { id: string };
  object: { id: string; definition?: { choices: { id: string }[] } };
  context: { registration: string; contextActivities: Record<string, { id: string }[]>; extensions: Record<string, unknown> };
  result?: Record<string, unknown>;
  timestamp: string;
}

/** What stands in for an answer: null never comes, an error is no connection. */
export type Instead = Response | Error | null | undefined;

export const QUERY = new URLSearchParams({
  endpoint: "https://lrs.example/xapi",
  fetch: "https://lms.example/token/1",
  actor: JSON.stringify({ objectType: "Agent", account: { homePage: "https://lms.example", name: "an-1" } }),
  registration: "7f0b6d3c-7a0e-4c8e-9a53-2f6d7d4b0c11",
  activityId: "https://lms.example/a/1",
}).toString();

export class Lrs {
  readonly calls: Call[] = [];
  readonly statements: Said[] = [];
  readonly documents = new Map<string, string>();
  fetched = 0;
  etags = true;
  data: Record<string, unknown> = {
    contextTemplate: { contextActivities: { grouping: [{ id: "https://a.example/au" }] }, extensions: { session: "s1" } },
    launchMode: "Normal",
    moveOn: "Completed",
    returnURL: "https://lms.example/back",
  };
  /** May answer in its place. */
  instead: (call: Call) => Instead = () => undefined;

  verbs(): string[] {
    return this.statements.map(({ verb }) => verb.id.split("/").pop()!);
  }
  count(path: string, method = "POST"): number {
    return this.calls.filter((call) => call.path === path && call.method === method).length;
  }
  save(): string | null {
    const document = this.documents.get("waterlijn.save");
    return document === undefined ? null : (JSON.parse(document) as { save: string }).save;
  }

  readonly fetch = ((address: string, asked: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    const call: Call = {
      method: asked.method ?? "GET",
      path: url.hostname === "lms.example" ? "fetch" : url.pathname.replace("/xapi/", ""),
      query: Object.fromEntries(url.searchParams),
      headers: (asked.headers ?? {}) as Record<string, string>,
      body: String(asked.body ?? ""),
      keepalive: asked.keepalive ?? false,
    };
    this.calls.push(call);
    const instead = this.instead(call);
    if (instead === null) return new Promise(() => {});
    if (instead instanceof Error) return Promise.reject(instead);
    return Promise.resolve(instead ?? this.#answer(call));
  }) as typeof fetch;

  #answer({ method, path, query, headers, body }: Call): Response {
    if (path === "fetch") {
      this.fetched += 1;
      return json(this.fetched === 1 ? { "auth-token": "dG9rZW4=" } : { "error-code": "1", "error-text": "twice" });
    }
    if (headers.Authorization !== "Basic dG9rZW4=") return new Response("", { status: 401 });
    if (path === "statements" && method === "GET") {
      const { verb, limit } = query;
      return json({ statements: this.statements.filter((each) => each.verb.id === verb).slice(0, Number(limit)) });
    }
    if (path === "statements") {
      const known = new Set(this.statements.map(({ id }) => id));
      this.statements.push(...(JSON.parse(body) as Said[]).filter(({ id }) => !known.has(id)));
      return json([]);
    }
    if (path === "activities/state") return this.#state(method, query.stateId!, headers, body);
    return new Response("", { status: 404 });
  }

  #state(method: string, name: string, headers: Record<string, string>, body: string): Response {
    if (name === "LMS.LaunchData") return json(this.data);
    const held = this.documents.get(name);
    if (method === "GET") return held === undefined ? new Response("", { status: 404 }) : new Response(held, { headers: this.etags ? { ETag: tag(held) } : {} });
    const match = headers["If-Match"];
    if ((match && (held === undefined || match !== tag(held))) || (headers["If-None-Match"] && held !== undefined)) return new Response("", { status: 412 });
    this.documents.set(name, body);
    return new Response(null, { status: 204 });
  }
}

const tag = (text: string): string => `"${text.length}-${text.slice(0, 40)}"`;
const json = (value: unknown): Response => new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
