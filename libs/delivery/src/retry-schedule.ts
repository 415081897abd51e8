const MAX_STRETCH = 0.1;

/**
 * The delay before the next attempt of a cycle.
 *
 * @param schedule seconds before each retry, from the webhook
 * @param failures failed attempts of this cycle so far, the latest included (1 or more)
 * @param random 0 ≤ random < 1; stretches the delay by up to 10 %, never shortens it, so that a
 *   receiver that comes back is not met by all its retries at once
 * @returns seconds, or `undefined` when the schedule is exhausted
 */
export function nextRetryDelay(
  schedule: readonly number[],
  failures: number,
  random: number,
): number | undefined {
  const delay = schedule[failures - 1];
  return delay === undefined ? undefined : delay * (1 + random * MAX_STRETCH);
}
