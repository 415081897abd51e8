import { extname } from 'node:path';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

const PERIOD_MS = 500;

/**
 * Ends this process soon after its parent has ended, also in the middle of a pattern that would match for
 * hours: only a parent kills such a process, and one that was killed itself does not. It takes a thread.
 */
export function watchParent(): void {
  const file = new URL(`./watch-parent${extname(import.meta.url)}`, import.meta.url);
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 };
  new Worker(file, { workerData: process.ppid, env: {}, resourceLimits: limits }).unref();
}

if (!isMainThread) {
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
  }, PERIOD_MS);
}
