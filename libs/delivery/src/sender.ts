import type { SendResult } from './attempt.js';
import type { TlsIdentity } from './tls-identity.js';

export type OutgoingMethod = 'GET' | 'OPTIONS' | 'POST';

/** One HTTP request, ready to go: its headers and body are made. */
export interface OutgoingRequest {
  url: string;
  /** Default `POST`. */
  method?: OutgoingMethod;
  /** In the order in which they are sent. No `Host`, no `Content-Length`: the sender adds these. */
  headers: readonly (readonly [name: string, value: string])[];
  /** An empty body of `GET` and `OPTIONS` goes without a `Content-Length`. */
  body: Buffer;
  /** One deadline over everything, from connecting to the last byte. */
  timeoutMs: number;
  /**
   * Not on a connection that was kept open, which the receiver may close just as the request is sent: for an attempt
   * that is never repeated.
   */
  newConnection?: boolean;
  identity?: TlsIdentity | undefined;
}

/**
 * Sends requests to customers' receivers. Implemented by `libs/egress`, the only way out of the house.
 */
export interface Sender {
  /** Resolves with what happened; rejects only because of a bug. */
  send(request: OutgoingRequest): Promise<SendResult>;
  /** Closes idle connections and aborts what is still in flight. */
  close(): Promise<void>;
}
