/**
 * The same event gives the same result, on the first attempt and in the log a week later: the clock stands
 * still at a time that the request says, and chance is drawn from the event's id.
 */

const RealDate = Date;
let now = 0;
let state = 0;

/** To be called once, before anything is evaluated: JSONata takes both from the globals. */
export function stopTheClock(): void {
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [now] : given) as [number]));
    }
    static override now(): number {
      return now;
    }
  } as DateConstructor;
  Math.random = chance;
}

export function repeatFor(at: number, seed: string): void {
  now = at;
  state = hash(seed);
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
}

/** Mulberry32: `$random()` and `$shuffle()` need no better one. */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let value = Math.imul(state ^ (state >>> 15), 1 | state);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
}
