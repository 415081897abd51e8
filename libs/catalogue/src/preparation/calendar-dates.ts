import type { EventData } from '../event-data.js';
import type { PreparationStep } from './step.js';

/**
 * The days of these fields exist: JSON Schema's pattern lets 30 February pass.
 *
 * @param paths fields that hold dates, one level deep at most: `completedAt`, `certificate.expiryDate`
 */
export function calendarDates(...paths: string[]): PreparationStep {
  const fields = paths.map((path) => ({ path, keys: path.split('.') }));
  return (data, faults) => {
    for (const { path, keys } of fields) {
      const value = keys.reduce<unknown>((at, key) => (at as EventData | undefined)?.[key], data);
      if (typeof value === 'string' && !dayExists(value)) {
        faults.push({ path, message: 'must be a date that the calendar has' });
      }
    }
    return data;
  };
}

function dayExists(text: string): boolean {
  const day = text.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  // Date rolls 30 February over to 2 March rather than refusing it.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
