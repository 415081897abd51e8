import { assertBalanced } from '../figures/ledger.js';
import { percentile } from '../figures/statistics.js';
import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';
import type { Behaviour } from '../processes/receiver.js';

interface LatencySettings {
  /** Events per second. */
  rate: number;
  seconds: number;
  warmUp: number;
  /** How the receivers behave while it is measured. */
  behaviour?: Behaviour;
}

export interface Latency {
  p50: number;
  p99: number;
}

/** No attempt at a hanging receiver may fail, which would pause its webhook. */
const PATIENT = { timeoutSeconds: 30 };

/**
 * Milliseconds from an event's scheduled time to its first byte at the receiver, at a fixed rate. Deliveries to a
 * hanging receiver are left out.
 */
export async function latency(harness: Harness, settings: LatencySettings): Promise<Latency> {
  const { rate, seconds, warmUp, behaviour = {} } = settings;
  const installation = await Installation.start(harness, { settings: PATIENT });
  try {
    await installation.warmUp(warmUp);
    // A second at this rate empties what the warm-up has filled.
    await installation.warmUp(Math.ceil(rate), { rate });
    await harness.expect(behaviour);
    const events = Math.ceil(rate * seconds);
    const { accepted, refused } = await installation.post(events, { rate });
    await harness.received(behaviour.hangingPath ? Math.ceil((events * 49) / 50) - 1 : events);
    await harness.calm();
    const { unique, duplicates, latencies } = await harness.reception();
    const { delivered = 0, waiting = 0, dead = 0 } = await installation.states();
    const before = warmUp + Math.ceil(rate);
    assertBalanced({
      posted: before + accepted,
      delivered,
      waiting,
      failed: dead,
      received: before + unique,
      duplicates,
      refused,
    });
    return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  } finally {
    await installation.stop();
  }
}
