const ISO_8601 =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;

const DAY = 86_400;

/** A year and a month have no fixed length: 365 and 30 days, the usual reading of SCORM players. */
const SECONDS_OF_UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, 3600, 60, 1];

/**
 * An ISO 8601 duration in whole seconds, the fraction cut off: `PT12M34.9S` is 754.
 *
 * @returns `undefined` for what is no duration, and for one beyond 2^53 − 1 seconds
 */
export function durationSeconds(iso: string | undefined): number | undefined {
  const amounts = ISO_8601.exec(iso ?? '')?.slice(1);
  if (!amounts) return undefined;
  const seconds = amounts.reduce(
    (sum, amount, unit) => sum + Number(amount ?? 0) * SECONDS_OF_UNITS[unit]!,
    0,
  );
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
