import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';

const DEFAULT_SECONDS = 40;
const MIN_SECONDS = 5;
const MAX_SECONDS = 600;

interface DemoOptions {
  /** How long the story and its retries take, on a machine that keeps up: 5 to 600. */
  seconds: number;
  /** Tells the same story each time. */
  seed: number | undefined;
  /** Whether the receivers keep listening afterwards: by default if somebody watches. */
  stays: boolean;
}

/** Reads `--seconds`, `--seed` and `--stay` or `--no-stay`. */
export function parseOptions(
  args: readonly string[],
  isWatched: boolean = process.stdout.isTTY,
): DemoOptions {
  const given = readOptions(args);
  const seconds = Number(given.seconds ?? DEFAULT_SECONDS);
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
    throw new DemoError('bad_option', `--seconds is ${MIN_SECONDS} to ${MAX_SECONDS}.`);
  }
  const seed = given.seed === undefined ? undefined : Number(given.seed);
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new DemoError('bad_option', '--seed is a whole number.');
  }
  return { seconds, seed, stays: given.stay ?? isWatched };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string' },
        stay: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new DemoError(
      'bad_option',
      `${(error as Error).message} The demo knows --seconds, --seed and --stay only.`,
    );
  }
}
