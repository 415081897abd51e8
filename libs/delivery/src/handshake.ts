import type { TlsIdentity } from './tls-identity.js';

/** A receiver that this dispatcher alone may ask for its consent until its lease ends. */
export interface ClaimedHandshake {
  leaseId: string;
  webhookId: string;
  tenantId: string;
  url: string;
  format: string;
  /** Deliveries per second; null: as fast as they come. */
  rateLimit: number | null;
  timeoutSeconds: number;
  /** As that of its deliveries. */
  identity?: TlsIdentity | undefined;
  /** Number of the question to be asked, counted from 1 since somebody wanted the webhook active. */
  attempt: number;
}

export interface HandshakesWanted {
  limit: number;
  /** At most this many of one tenant: its receivers may all hang. */
  perTenant: number;
  /** Tenants whose handshakes have to wait. */
  exceptOf: readonly string[];
}

/** What a handshake means for its webhook. */
export type HandshakeVerdict =
  /** It is active. `perMinute`: how many requests its receiver lets through; null: any number. */
  | { kind: 'consented'; origin: string; perMinute: number | null }
  /** It stays paused. `error` is for the customer; `againInSeconds` is null if the receiver is not asked again. */
  | { kind: 'failed'; error: string; againInSeconds: number | null };

/** Where handshakes wait. Implemented by `libs/persistence`. */
export interface HandshakeStore {
  /**
   * Leases handshakes that are due, the longest due first. The lease lasts somewhat longer than the webhook's
   * timeout; after it, another dispatcher asks.
   */
  claim(wanted: HandshakesWanted): Promise<ClaimedHandshake[]>;
  /**
   * @returns false if the answer no longer matters and nothing was written: the webhook was changed, paused or
   * deleted in the meantime, or the lease was taken over
   */
  record(handshake: ClaimedHandshake, verdict: HandshakeVerdict): Promise<boolean>;
}
