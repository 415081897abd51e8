/** RFC 4122, in the only form that the specification allows. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * RFC 3987, as far as it can be checked without knowing the scheme: a scheme, and no character that has to be encoded.
 */
export const IRI = /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/i;

/** ISO 8601 durations: weeks, or the other units; never both, and no `T` without a time. */
export const DURATION =
  /^P(?:\d+W|(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/;

export const SHA1_HEX = /^[0-9a-f]{40}$/i;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** A time of RFC 3339 that exists, with an offset other than the unknown `-00:00`. */
export function isRfc3339(text: string): boolean {
  return RFC_3339.test(text) && !text.endsWith('-00:00') && isOnCalendar(text);
}

/** `Date` reads the 30th of February as the 1st of March. */
function isOnCalendar(text: string): boolean {
  const [day] = text.split('T');
  const midnight = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}`);
  return exists && !Number.isNaN(Date.parse(text));
}
