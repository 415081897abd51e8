import { hundredthsOf } from '@schoolbell/catalogue';

/** Longer than any learner takes; a longer time is a fault of the player. Hundredths of a second: 100 years. */
const MAX_TIME = 100 * 365 * 24 * 360_000;

/** SCORM 2004 players keep at least 1000 characters (RTE 4.2.14), those of SCORM 1.2 255 (`CMIString255`). */
const MAX_LOCATION = 1000;

/** @returns `undefined` for a text outside the vocabulary, and for anything that is not a text */
export function wordOf<Word extends string>(
  value: unknown,
  vocabulary: readonly Word[],
): Word | undefined {
  return vocabulary.find((word) => word === value);
}

/** @returns hundredths of a second; `undefined` for what is no duration */
export function timeOf(value: unknown): number | undefined {
  const hundredths = typeof value === 'string' ? hundredthsOf(value) : undefined;
  return hundredths !== undefined && hundredths <= MAX_TIME ? hundredths : undefined;
}

/** The bookmark of a SCO, as far as players must keep it; `undefined` for none. */
export function locationOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  // Postgres stores no NUL, and UTF-8 has no half of a surrogate pair. Through bytes, since a slice holds all of its text
  // in memory, which may be a commit of 1 MiB.
  const text = Buffer.from(value.slice(0, MAX_LOCATION).replaceAll('\0', '')).toString();
  return text === '' ? undefined : text;
}
