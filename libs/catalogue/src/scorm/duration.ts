/** ISO 8601, with decimals in the seconds only, as SCORM 2004 writes `timeinterval`. */
const ISO_8601 =
  'P(?=[\\dT])(?:\\d+W|(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?)';

/** `CMITimespan` of SCORM 1.2: `HHHH:MM:SS.SS`, two to four digits of hours. */
const SCORM_12 = '\\d{2,4}:\\d{2}:\\d{2}(?:\\.\\d{1,2})?';

export const DURATION_PATTERN = `^(?:${ISO_8601}|${SCORM_12})$`;

/**
 * A duration in ISO 8601: SCORM 1.2's `0000:12:34.50` becomes `PT12M34.5S`, what is ISO 8601 already stays
 * as it is.
 *
 * @param text matches {@link DURATION_PATTERN}
 */
export function isoDuration(text: string): string {
  if (text.startsWith('P')) return text;
  const [hours, minutes, seconds] = text.split(':').map(Number) as [number, number, number];
  // Hundredths keep the sum exact; courses do write 75 minutes or 90 seconds.
  const total = (hours * 60 + minutes) * 6000 + Math.round(seconds * 100);
  const parts = [
    part(Math.floor(total / 360_000), 'H'),
    part(Math.floor((total % 360_000) / 6000), 'M'),
    part((total % 6000) / 100, 'S'),
  ].join('');
  return `PT${parts || '0S'}`;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`;
}
