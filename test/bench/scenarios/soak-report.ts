import type { SoakReception } from '../processes/soak-receiver.js';

/** What a minute of a soak looked like. */
export interface SoakMinute {
  /** At the healthy webhooks, from the scheduled time to the first byte. Milliseconds. */
  p50: number;
  p99: number;
  apiMiB: number;
  dispatcherMiB: number;
  /** All indexes of the table of due deliveries. */
  dueIndexesMiB: number;
  /** Waiting deliveries. */
  waiting: number;
}

export interface SoakReport {
  minutes: SoakMinute[];
  accepted: number;
  refused: Record<string, number>;
  /** Deliveries by path and status at the end. */
  states: Record<string, Record<string, number>>;
  reception: SoakReception['taken'];
  /** Promises that were not kept; empty if all were. */
  faults: string[];
}
