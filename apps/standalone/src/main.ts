import { ConfigError, readEnvironment } from '@schoolbell/config';
import { OperatorError } from '@schoolbell/process';
import { runStandalone } from './standalone.js';
import { stopSignal } from './stop-signal.js';
import { warn } from './terminal.js';

const env = readEnvironment(process.cwd());

try {
  await runStandalone(env, stopSignal(env));
  process.exit(0);
} catch (error) {
  const known = error instanceof OperatorError || error instanceof ConfigError;
  warn(known ? error.message : `Schoolbell stopped on a fault of its own: ${stackOf(error)}`);
  process.exit(1);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
