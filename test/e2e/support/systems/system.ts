import type { ReceiverOptions } from '../../../receivers/support/start-example.js';

/** A system whose customer moves to Schoolbell and keeps the receiver. */
export interface System {
  /** Its row in docs/compatibility.md. */
  name: string;
  /** Of docs/examples/receivers, or a Learning Record Store. */
  receiver: string;
  /** Where the receiver listens. */
  path?: string;
  /** Where its customer registers; default `/v1/webhooks`. */
  registration?: '/api/v1/webhooks';
  /** What its customer registers besides URL and event types. */
  settings: Record<string, unknown>;
  /** What its receiver knows besides a signed webhook's secret. */
  options?: ReceiverOptions;
  /**
   * The event types it is registered for, and what its receiver reads in the catalogue's example of each; in
   * `usage.threshold`, what it reads of the two that a first launch brings with a limit of 1.
   */
  reads: Record<string, string | [string, string]>;
  /** How its receiver reads an event: its name, and whom or what it is about. */
  read(event: any): string;
  proof: Proof;
}

/** What its receiver knows the sender by. */
type Proof =
  /** A signature in this header, in lower case. */
  | { header: string }
  /** Credentials; with these instead, which its customer sets, its receiver refuses. */
  | { otherwise: Record<string, unknown> }
  /** Nothing. */
  | 'none';
