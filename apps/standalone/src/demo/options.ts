import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';

const DEFAULT_SECONDS = 40;
const MIN_SECONDS = 5;
const MAX_SECONDS = 600;

export interface DemoOptions {
  /** How long the demo runs at most, 5 to 600. */
  seconds: number;
}

/** Reads `--seconds`. */
export function parseOptions(args: readonly string[]): DemoOptions {
  const seconds = Number(readSeconds(args));
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
    throw new DemoError('bad_option', `--seconds is ${MIN_SECONDS} to ${MAX_SECONDS}.`);
  }
  return { seconds };
}

function readSeconds(args: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string' } } });
    return values.seconds ?? String(DEFAULT_SECONDS);
  } catch (error) {
    throw new DemoError('bad_option', `${(error as Error).message} The demo knows --seconds only.`);
  }
}
