import { EVENT_TYPES } from '@schoolbell/catalogue';

/**
 * The month that a moment counts for, as a date: its first day in UTC.
 *
 * @param moment a `timestamptz`
 */
export function usageMonthOf(moment: string): string {
  return `date_trunc('month', ${moment} AT TIME ZONE 'UTC')::date`;
}

const OWN_TYPES = EVENT_TYPES.filter(({ emittedBy }) => emittedBy === 'schoolbell');

/** The event was reported to Schoolbell: neither a test, nor one that Schoolbell emitted itself. */
export function isReported(event: string): string {
  const names = OWN_TYPES.map(({ name }) => `'${name}'`).join(', ');
  return `NOT ${event}.test AND ${event}.type NOT IN (${names})`;
}
