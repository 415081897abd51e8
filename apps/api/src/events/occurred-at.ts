import { isInstant } from '../fields/instant.js';

/** There was no SCORM before this; a date like 1970 comes from a clock that was never set. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** How far ahead a time may be: clocks may be wrong, and local time mistaken for UTC. */
const MOST_AHEAD_MS = 24 * 3600 * 1000;

/**
 * Reads the time at which something happened, according to a runtime.
 *
 * @param now Unix milliseconds
 * @returns the time to the millisecond, or what is wrong with it
 */
export function readOccurredAt(text: string, now: number): Date | string {
  if (!isInstant(text)) return 'must be an RFC 3339 date and time, such as 2026-11-22T09:30:00Z';
  const time = new Date(text);
  if (time.getTime() < EARLIEST) return 'must not be before the year 2000';
  if (time.getTime() > now + MOST_AHEAD_MS) return 'must not be in the future';
  return time;
}
