/**
 * How long the fuzz run takes, and where it starts: by default the same few seconds each time. `FUZZ_SECONDS=600` tries
 * as much as fits into that time, and another `FUZZ_SEED` starts elsewhere.
 */
const LONG_RUN_MS = Number(process.env.FUZZ_SECONDS ?? 0) * 1000;
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_128);
/** More than fit into any time. */
const WITHOUT_END = 1_000_000_000;

export const TEST_TIMEOUT_MS = 120_000 + LONG_RUN_MS;

/**
 * The budget of one property, for fast-check.
 *
 * @param numRuns runs of a short run
 * @param share of a long run's time, 0 to 1
 */
export function budget(numRuns: number, share: number) {
  if (LONG_RUN_MS === 0) return { seed: SEED, numRuns };
  const interruptAfterTimeLimit = LONG_RUN_MS * share;
  return { seed: SEED, numRuns: WITHOUT_END, interruptAfterTimeLimit };
}
