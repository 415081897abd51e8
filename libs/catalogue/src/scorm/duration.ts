/** ISO 8601, with decimals in the seconds only, as SCORM 2004 writes `timeinterval`. */
const ISO_8601 =
  'P(?=[\\dT])(?:\\d+W|(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?)';

/** `CMITimespan` of SCORM 1.2: `HHHH:MM:SS.SS`, two to four digits of hours. */
const SCORM_12 = '\\d{2,4}:\\d{2}:\\d{2}(?:\\.\\d{1,2})?';

export const DURATION_PATTERN = `^(?:${ISO_8601}|${SCORM_12})$`;

const ISO_8601_UNITS =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Players write any number of digits of hours: scorm-again 3.4.3 does, for a total time. */
const SCORM_12_UNITS = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/;

const MINUTE = 6000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A year and a month have no fixed length: 365 and 30 days, the usual reading of SCORM players. */
const HUNDREDTHS_OF_UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, MINUTE];

/** Far longer than any duration that a person writes; bounds the work on what a stranger writes. */
const MAX_LENGTH = 64;

/**
 * A duration in ISO 8601: SCORM 1.2's `0000:12:34.50` becomes `PT12M34.5S`, what is ISO 8601 already stays
 * as it is.
 *
 * @param text matches {@link DURATION_PATTERN}
 */
export function isoDuration(text: string): string {
  return text.startsWith('P') ? text : durationOfHundredths(hundredthsOf(text)!);
}

/**
 * Writes a duration in hours, minutes and seconds of ISO 8601: `PT12M34.5S`, `PT26H`, and `PT0S` for none.
 *
 * @param hundredths of a second; a whole number from 0 on, at most 2^53 − 1
 */
export function durationOfHundredths(hundredths: number): string {
  const parts = [
    part(Math.floor(hundredths / HOUR), 'H'),
    part(Math.floor((hundredths % HOUR) / MINUTE), 'M'),
    part((hundredths % MINUTE) / 100, 'S'),
  ].join('');
  return `PT${parts || '0S'}`;
}

/**
 * Reads a duration: `timeinterval` of SCORM 2004, which is ISO 8601, or `CMITimespan` of SCORM 1.2. Minutes and
 * seconds may be above 59, as courses write them.
 *
 * @returns hundredths of a second, rounded; `undefined` for anything that is not a duration, and for more than 2^53 −
 *   1 hundredths
 */
export function hundredthsOf(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const amounts = amountsOf(text);
  if (!amounts) return undefined;
  const seconds = Number(amounts.pop() ?? 0);
  const total = amounts.reduce(
    (sum, amount, unit) => sum + Number(amount ?? 0) * HUNDREDTHS_OF_UNITS[unit]!,
    Math.round(seconds * 100),
  );
  return Number.isSafeInteger(total) ? total : undefined;
}

/** Years, months, weeks, days, hours, minutes, seconds. */
function amountsOf(text: string): (string | undefined)[] | undefined {
  const iso = ISO_8601_UNITS.exec(text);
  if (iso) return iso.slice(1);
  const timespan = SCORM_12_UNITS.exec(text);
  return timespan ? [...Array<undefined>(4), ...timespan.slice(1)] : undefined;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`;
}
