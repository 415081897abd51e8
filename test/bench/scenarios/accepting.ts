import { assertBalanced } from '../figures/ledger.js';
import type { Harness } from '../harness.js';
import { FULL_LOAD_CONNECTIONS, Installation } from '../installation.js';
import type { Size } from './end-to-end.js';

/** Accepted events per second while no dispatcher runs, `batch` of them per request. */
export async function accepting(
  harness: Harness,
  { warmUp, events }: Size,
  batch: number,
): Promise<number> {
  const installation = await Installation.start(harness, { dispatchers: 0 });
  try {
    const connections = batch === 1 ? FULL_LOAD_CONNECTIONS : 4;
    const first = await installation.post(warmUp, { batch, connections });
    const report = await installation.post(events, { batch, connections });
    const { waiting = 0, dead = 0, delivered = 0 } = await installation.states();
    const posted = first.accepted + report.accepted;
    const refused = { ...first.refused, ...report.refused };
    assertBalanced({
      posted,
      delivered,
      waiting,
      failed: dead,
      received: 0,
      duplicates: 0,
      refused,
    });
    return report.accepted / ((report.endedAt - report.startedAt) / 1000);
  } finally {
    await installation.stop();
  }
}
