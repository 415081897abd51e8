import type { SoakReception } from '../processes/soak-receiver.js';

/** What a minute of a soak looked like. */
export interface SoakMinute {
  /** Of the healthy webhooks, from the scheduled moment to the first byte. Milliseconds. */
  p50: number;
  p99: number;
  apiMiB: number;
  dispatcherMiB: number;
  /** All indexes of the table of what is due. */
  dueIndexesMiB: number;
  /** Deliveries that wait. */
  waiting: number;
}

export interface SoakReport {
  minutes: SoakMinute[];
  accepted: number;
  refused: Record<string, number>;
  /** Deliveries by path and status at the end. */
  states: Record<string, Record<string, number>>;
  reception: SoakReception['taken'];
  /** What does not hold; none when all does. */
  faults: string[];
}
