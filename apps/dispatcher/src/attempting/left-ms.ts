/**
 * Whole milliseconds until a deadline; 0 or less once it is over.
 *
 * @param until by `performance.now()`
 */
export function leftMs(until: number): number {
  return Math.ceil(until - performance.now());
}
