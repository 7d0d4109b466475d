/** The texts of the interface, out of the page's `<script id="texts">`. */
type Text = string | { one: string; other: string };

let texts: Record<string, Text> = {};

export function setTexts(table: Record<string, Text>): void {
  texts = table;
}

/**
 * The text `key`, its `{placeholders}` filled in; `count` chooses between one and other.
 * A missing text shows its key: wrong, but nothing breaks for the learner.
 */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const found = texts[key] ?? key;
  const text = typeof found === "string" ? found : values.count === 1 ? found.one : found.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
