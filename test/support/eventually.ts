import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 10,000. */
  timeoutMs?: number;
  /** Default: a tenth of the time that has passed, from 10 to 100. To ask more often keeps busy what is waited for. */
  intervalMs?: number;
}

const pauseAfter = (passedMs: number): number => Math.min(100, Math.max(10, passedMs / 10));

/**
 * Repeats `check` until it neither throws nor returns `false`. @returns its last result
 *
 * @throws what `check` threw last, when the time is over
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs }: EventuallyOptions = {},
): Promise<Exclude<Awaited<T>, false>> {
  const startedAt = Date.now();
  const deadline = startedAt + timeoutMs;
  for (;;) {
    try {
      const result = await check();
      if (result !== false) return result as Exclude<Awaited<T>, false>;
      if (Date.now() > deadline) throw new Error(`Still false after ${timeoutMs} ms.`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(intervalMs ?? pauseAfter(Date.now() - startedAt));
  }
}
