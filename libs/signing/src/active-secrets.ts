/** A webhook's secrets; `previous` and its end while a rotation overlaps. */
export interface RotatingSecrets {
  current: string;
  previous?: string;
  previousExpiresAt?: Date;
}

/**
 * The secrets that sign at a time, current first. The previous one signs until, and not at, its end.
 *
 * @param now Unix milliseconds
 */
export function activeSecrets(
  secrets: RotatingSecrets,
  now: number,
): readonly [current: string, ...previous: string[]] {
  const { current, previous, previousExpiresAt } = secrets;
  const overlaps = previous !== undefined && previousExpiresAt !== undefined;
  return overlaps && now < previousExpiresAt.getTime() ? [current, previous] : [current];
}
