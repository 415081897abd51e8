import { setTimeout as sleep } from 'node:timers/promises';
import { difference } from '../cpu.js';
import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';

/** After this time, services have given back the memory of their busy time, which costs some CPU once. */
const SETTLED_MS = 25_000;

/** Per cent of a core that API and dispatcher use while nothing happens. */
export async function idleCpu(harness: Harness, seconds: number): Promise<number> {
  const installation = await Installation.start(harness);
  try {
    await installation.warmUp(200);
    await sleep(SETTLED_MS);
    const before = installation.cpu();
    await sleep(seconds * 1000);
    const { api, dispatcher } = difference(installation.cpu(), before);
    return ((api + dispatcher) / (seconds * 1e6)) * 100;
  } finally {
    await installation.stop();
  }
}
