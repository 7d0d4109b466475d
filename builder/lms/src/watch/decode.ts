// What is in a value, where that is plain to see: a save of our own player, JSON, or text in base64. Pure.

/** The fields of our own save, in order; see builder/player/SAVE.md. */
export const SAVE_FIELDS = [
  "format", "dictionary", "counter", "seed", "keep", "place", "done", "checks", "runs", "short", "texts", "sum",
] as const;

export type SaveField = (typeof SAVE_FIELDS)[number];

export type Decoded =
  | { readonly kind: "save"; readonly fields: readonly (readonly [SaveField, string])[] }
  | { readonly kind: "json" | "base64"; readonly text: string };

/** Null for a value that says what it is. */
export function decode(value: string): Decoded | null {
  const parts = (/^\{"save":"([^"\\]*)"/.exec(value)?.[1] ?? value).split(";"); // in cmi5 it is in a document
  if (/^\d+$/.test(parts[0] ?? "") && parts.length === SAVE_FIELDS.length) {
    return { kind: "save", fields: SAVE_FIELDS.map((name, index) => [name, parts[index] ?? ""] as const) };
  }
  const json = pretty(value);
  if (json !== null) return { kind: "json", text: json };
  const text = base64(value);
  return text === null ? null : { kind: "base64", text: pretty(text) ?? text };
}

function pretty(value: string): string | null {
  if (!/^\s*[{[]/.test(value)) return null;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return null;
  }
}

/** Text of some length in printable characters; anything shorter could as well be a word. */
function base64(value: string): string | null {
  if (value.length < 16 || value.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return null;
  try {
    const bytes = Uint8Array.from(atob(value.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /[^\t\n\r\u0020-\u{10ffff}]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** The start of a value that is too long for a line. */
export function shortened(value: string, most: number): string {
  return value.length > most ? `${value.slice(0, most)}…` : value;
}
