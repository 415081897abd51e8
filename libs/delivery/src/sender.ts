import type { SendResult } from './attempt.js';

export type OutgoingMethod = 'GET' | 'OPTIONS' | 'POST';

/** As whom requests over TLS go out, and whom they trust, where a webhook has settings of its own. PEM. */
export interface TlsIdentity {
  /** Connections are shared only by requests that have the same, and `undefined` for those without an identity. */
  id: string;
  /** Shown to a receiver that asks for one. */
  client?: { certificate: string; key: string };
  /** Authorities that are trusted in place of the public ones. */
  ca?: string;
}

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
   * Not on a connection that was kept open, which the receiver may close just as the request is sent: for an
   * attempt that no other follows.
   */
  newConnection?: boolean;
  identity?: TlsIdentity | undefined;
}

/**
 * Sends requests to customers' receivers. Implemented by `libs/egress`, the only way out of the house.
 */
export interface Sender {
  /** Resolves with what happened; rejects only on a bug of ours. */
  send(request: OutgoingRequest): Promise<SendResult>;
  /** Closes idle connections and aborts what is still in flight. */
  close(): Promise<void>;
}
