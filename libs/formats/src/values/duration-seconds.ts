import { hundredthsOf } from '@schoolbell/catalogue';

const FRACTION = /\.\d+(?=S$)/;

/**
 * An ISO 8601 duration in whole seconds, the fraction cut off: `PT12M34.9S` is 754. A year is 365 days, a month 30.
 *
 * @returns `undefined` for anything else, and for a duration of many million years
 */
export function durationSeconds(iso: string | undefined): number | undefined {
  if (!iso?.startsWith('P')) return undefined;
  const hundredths = hundredthsOf(iso.replace(FRACTION, ''));
  return hundredths === undefined ? undefined : hundredths / 100;
}
