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

/** Whether an event with this chance (percent) comes, after `steps` choices and skips in this run. */
export function comes(seed: number, scenario: string, event: string, steps: number, chance: number): boolean {
  return hash(`${seed}/${scenario}/${event}/${steps}`) % 100 < chance;
}
