import { setTimeout as sleep } from 'node:timers/promises';
import { footprintOf } from '../cpu.js';
import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';
import { endToEndOn, type Size } from './end-to-end.js';

const ONE_OF_EACH = { apis: 1, dispatchers: 1 };
const LOOK_MS = 250;
const MIB = 2 ** 20;

/** MiB of each process: its own memory plus its part of what is shared, and in brackets what `ps` shows. */
type Memory = Record<'api' | 'dispatcher' | 'supervisor', string> & { pss: number; rss: number };

export interface Footprint {
  /** The most so far while events went through as fast as possible. */
  fullLoad: Memory;
  /** Some time later, at rest. */
  idle: Memory;
  perSecond: number;
  /** Microseconds of API and dispatcher per delivery. */
  cpu: { api: number; dispatcher: number };
}

/** Memory of everything that `npm start` runs, except Postgres. */
export async function footprint(
  harness: Harness,
  size: Size,
  idleSeconds: number,
): Promise<Footprint> {
  const installation = await Installation.start(harness, { npmStart: ONE_OF_EACH });
  try {
    const loading = endToEndOn(harness, installation, size);
    const { perSecond, cpu, fullLoad } = await most(installation, loading);
    await sleep(idleSeconds * 1000);
    const { api, dispatcher } = cpu;
    return { fullLoad, idle: memoryOf(installation), perSecond, cpu: { api, dispatcher } };
  } finally {
    await installation.stop();
  }
}

async function most<Result>(installation: Installation, loading: Promise<Result>) {
  let fullLoad = memoryOf(installation);
  const looking = setInterval(() => {
    const now = memoryOf(installation);
    if (now.pss > fullLoad.pss) fullLoad = now;
  }, LOOK_MS);
  return { ...(await loading.finally(() => clearInterval(looking))), fullLoad };
}

function memoryOf({ schoolbell }: Installation): Memory {
  const { api, dispatchers, supervisor } = schoolbell;
  const footprints = [api, dispatchers[0]!, supervisor!].map(({ pid }) => footprintOf(pid));
  const [ofApi, ofDispatcher, ofSupervisor] = footprints.map(
    ({ pss, rss }) => `${Math.round(pss / MIB)} (${Math.round(rss / MIB)})`,
  );
  return {
    api: ofApi!,
    dispatcher: ofDispatcher!,
    supervisor: ofSupervisor!,
    pss: footprints.reduce((sum, { pss }) => sum + pss / MIB, 0),
    rss: footprints.reduce((sum, { rss }) => sum + rss / MIB, 0),
  };
}
