/** No receiver can push its next attempt further away than this. Seconds. */
export const MAX_RETRY_AFTER_SECONDS = 6 * 3600;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds or an HTTP date.
 *
 * @param now Unix milliseconds
 * @returns seconds from now, 0 to 6 h; `undefined` if there is no such header or it cannot be read
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : secondsUntil(text, now);
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS);
}

/** All three date forms of HTTP begin with a day's name; `Date.parse` would find a date in `-5` as well. */
function secondsUntil(text: string, now: number): number {
  return /^[a-z]/i.test(text) ? (Date.parse(text) - now) / 1000 : Number.NaN;
}
