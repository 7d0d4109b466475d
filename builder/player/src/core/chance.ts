/**
 * The draw of an event. Frozen: a change here would change what a learner meets after a reload (the
 * numbers stand in SAVE.md and in the tests).
 */

/** 32-bit FNV-1a over the string's UTF-16 units, then the finaliser of MurmurHash3, as an unsigned number. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * When an event with this chance (percent) comes after `steps` choices and skips in this run: its place in the order of
 * those that come, of which the first is taken; else infinity. No event is ahead for where it stands in its file.
 */
export function turn(seed: number, scenario: string, event: string, steps: number, chance: number): number {
  const draw = `${seed}/${scenario}/${event}/${steps}`;
  return hash(draw) % 100 < chance ? hash(`${draw}/order`) : Infinity;
}
