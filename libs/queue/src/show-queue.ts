import { Latest, type Metrics } from '@schoolbell/metrics';
import type { BullWakes } from './bull-wakes.js';
import type { QueueHealth } from './queue-health.js';

/** Asking costs one command; the answer takes a second at most. Milliseconds. */
const ASKED = { goodForMs: 5_000, patienceMs: 1_000, forgetAfterMs: 60_000, restPerWork: 1 };

/** Shows what becomes of the wakes that this process sends, and whether the queue's server answers it. */
export function showQueue(
  metrics: Metrics,
  wakes: Pick<BullWakes, 'results'>,
  health: QueueHealth,
): void {
  const state = new Latest(() => health.state(), ASKED);
  metrics.counter(
    'wakes_sent_total',
    'Wakes by what became of them, each webhook of a wake counted: signalled, queued as a job, planned as a job for later, dropped.',
    wakes.results,
  );
  metrics.gauge('queue_up', "Whether the queue's server answers: 1 or 0.", [], async () => {
    const known = await state.get();
    return known === undefined ? [] : [{ labels: {}, value: known === 'up' ? 1 : 0 }];
  });
}
