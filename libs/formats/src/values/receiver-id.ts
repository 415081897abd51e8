/** Without a sign or leading zeros: a number whose text is the id again. */
const CANONICAL = /^(?:0|[1-9]\d{0,15})$/;

/**
 * An id as receivers want it whose schemas refuse strings for numeric ids: a JSON number if the id is a
 * canonical non-negative decimal integer up to 2^53 − 1, else the text as it is.
 */
export function receiverId(id: string): number | string;
/** @returns `undefined` for an id that is absent */
export function receiverId(id: string | undefined): number | string | undefined;
export function receiverId(id: string | undefined): number | string | undefined {
  if (id === undefined) return undefined;
  const number = CANONICAL.test(id) ? Number(id) : NaN;
  return Number.isSafeInteger(number) ? number : id;
}
