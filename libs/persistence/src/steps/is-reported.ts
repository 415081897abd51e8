import { EVENT_TYPES } from '@schoolbell/catalogue';

const OWN_TYPES = EVENT_TYPES.filter(({ emittedBy }) => emittedBy === 'schoolbell');

/** The event was reported to Schoolbell: neither a test, nor one that Schoolbell emitted itself. */
export function isReported(event: string): string {
  const names = OWN_TYPES.map(({ name }) => `'${name}'`).join(', ');
  return `NOT ${event}.test AND ${event}.type NOT IN (${names})`;
}
