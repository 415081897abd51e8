import type { ReceiverOptions } from '../../../receivers/support/start-example.js';

/** A system whose customer moves to Schoolbell and keeps the receiver. */
export interface System {
  /** Its row in docs/compatibility.md. */
  name: string;
  /** Its name in docs/examples/receivers, or a Learning Record Store. */
  receiver: string;
  /** The receiver's path. */
  path?: string;
  /** The path at which its customer registers; default `/v1/webhooks`. */
  registration?: '/api/v1/webhooks';
  /** What its customer registers besides URL and event types. */
  settings: Record<string, unknown>;
  /** What its receiver knows besides the secret. */
  options?: ReceiverOptions;
  /**
   * The event types that it is registered for, with what its receiver reads from the catalogue's example of each; for
   * `usage.threshold`, from the two events that a first launch causes with a limit of 1.
   */
  reads: Record<string, string | [string, string]>;
  /** How its receiver reads an event: its name, and whom or what it is about. */
  read(event: any): string;
  proof: Proof;
}

/** How its receiver recognises the sender. */
type Proof =
  /** By a signature in this header, in lower case. */
  | { header: string }
  /** By credentials; with these other ones, which its customer sets, its receiver refuses. */
  | { otherwise: Record<string, unknown> }
  /** Not at all. */
  | 'none';
