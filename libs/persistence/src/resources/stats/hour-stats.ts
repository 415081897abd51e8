import type { AttemptStats } from './attempt-stats.js';
import { AttemptTally } from './attempt-tally.js';

const HOUR_MS = 3_600_000;
const NOTHING = new AttemptTally().take();

/** The attempts of each hour. */
export type HourStats = AttemptStats & { at: Date };

/**
 * Every hour from `from` to `to`, oldest first, also those without attempts.
 *
 * @param byHour by the Unix milliseconds at which an hour begins
 */
export function hoursOf(
  byHour: ReadonlyMap<number, AttemptStats>,
  from: Date,
  to: Date,
): HourStats[] {
  const hours: HourStats[] = [];
  for (let at = from.getTime(); at <= to.getTime(); at += HOUR_MS) {
    hours.push({ at: new Date(at), ...(byHour.get(at) ?? NOTHING) });
  }
  return hours;
}

/** The full hour that was `hours` ago, or was going on then. */
export function startOfWindow(hours: number, now: Date): Date {
  return new Date(Math.floor((now.getTime() - hours * HOUR_MS) / HOUR_MS) * HOUR_MS);
}
