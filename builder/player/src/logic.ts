/**
 * Conditions and effects, evaluated as data: never `eval`. The builder evaluates the same in Python;
 * `tests/logic.json` is the one table of cases that both run.
 */
import type { Condition, Effect } from "./data.js";

/** What conditions look at: meters and variables by key, keys of scenes arrived in and of choices taken. */
export interface Facts {
  values: Readonly<Record<string, number>>;
  visited: readonly string[];
  chosen: readonly string[];
}

/** A range that effects are kept within, both ends included. */
export interface Range {
  low: number;
  high: number;
}

/** The range of everything that is not a meter. */
export const VARIABLE: Range = { low: -999, high: 999 };

/** Whether a condition is true; none always is, `and` of nothing is true, `or` of nothing is not. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (condition === undefined) return true;
  switch (condition[0]) {
    case "and":
      return (condition.slice(1) as Condition[]).every((each) => holds(each, facts));
    case "or":
      return (condition.slice(1) as Condition[]).some((each) => holds(each, facts));
    case "not":
      return !holds(condition[1], facts);
    case "visited":
      return facts.visited.includes(condition[1]);
    case "chosen":
      return facts.chosen.includes(condition[1]);
    default: {
      const value = facts.values[condition[1] as string] ?? 0;
      const number = condition[2] as number;
      const is = value > number ? ">" : value < number ? "<" : "=";
      return condition[0] === "!=" ? is !== "=" : condition[0].includes(is);
    }
  }
}

/** The values after these effects, in order, each kept within its range. Unknown names are left out. */
export function applied(
  effects: readonly Effect[],
  values: Readonly<Record<string, number>>,
  ranges: Readonly<Record<string, Range>>,
): Record<string, number> {
  const after = { ...values };
  for (const { name, op, number } of effects) {
    const before = after[name];
    if (before === undefined) continue;
    const { low, high } = ranges[name] ?? VARIABLE;
    const moved = op === "=" ? number : op === "+" ? before + number : before - number;
    after[name] = Math.min(high, Math.max(low, moved));
  }
  return after;
}
