import { onStopSignal } from '@schoolbell/process';
import { tell } from './terminal.js';

const PARENT_POLL_MS = 1_000;

/**
 * Aborts when this process is asked to stop: Ctrl-C, SIGTERM, or the end of the process that started it through `npm
 * start`. Asking again changes nothing: its children must not outlive it.
 */
export function stopSignal(env: NodeJS.ProcessEnv): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) return;
    tell('\nStopping …');
    controller.abort();
  };
  // Not SIGHUP: `nohup npm start &` has to outlive its terminal, and a listener would undo that. Without nohup the
  // signal ends this process, and its children stop by themselves.
  onStopSignal({ stop });
  process.once('disconnect', stop);
  if (env.npm_lifecycle_event === 'start' && process.channel === undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && stop(), PARENT_POLL_MS).unref();
  }
  return controller.signal;
}
