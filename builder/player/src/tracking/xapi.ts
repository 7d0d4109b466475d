/** The little of xAPI 1.0.3 that cmi5 needs, over `fetch`. Nothing here throws: where nobody answers, the status is 0. */
import { OK, type Outcome } from "./types.js";

/** After so many milliseconds nobody answers any more. */
const PATIENCE = 30000;

export interface Answer {
  status: number;
  text: string;
  /** "" where there is none, or another origin may not read it. */
  etag: string;
}

export interface Asked {
  method?: "GET" | "PUT" | "POST";
  body?: string;
  headers?: Record<string, string>;
  /** The page goes away: the call goes on without it. Browsers let 64 kB at a time do so. */
  leaving?: boolean;
}

export async function call(fetcher: typeof fetch, address: string, asked: Asked = {}): Promise<Answer> {
  const { leaving, ...request } = asked;
  try {
    const lasting = leaving ? { keepalive: true } : { signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetcher(address, { ...request, cache: "no-store", ...lasting });
    // Weak where something on the way packed it; the server compares with its own, strong one.
    const etag = (answer.headers.get("etag") ?? "").replace(/^W\//, "");
    return { status: answer.status, text: await answer.text(), etag };
  } catch {
    return { status: 0, text: "", etag: "" };
  }
}

/** A query of these values, without its question mark. */
export function query(values: Record<string, string>): string {
  return Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

export const took = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Said no to what was asked, and will say it again: not for now, nor to everything. */
export const rejected = ({ status }: Answer): boolean => status >= 400 && status < 500 && ![401, 403, 408, 412, 429].includes(status);

export function outcomeOf(answer: Answer): Outcome {
  return took(answer) ? OK : { ok: false, why: [401, 403].includes(answer.status) ? "lost" : "refused" };
}
