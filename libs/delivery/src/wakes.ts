/**
 * Tells dispatchers that webhooks have work. Only a hint: a wake may be lost or come twice, because due times and
 * leases are in Postgres and the sweep finds what no wake announced. Implemented by `libs/queue`.
 */
export interface Wakes {
  /** These webhooks have deliveries that are due now. Never throws and never waits for the queue's server. */
  wake(webhookIds: readonly string[]): void;
  /** Each of these webhooks has a delivery due after `delaySeconds`. Never throws, never waits. */
  wakeLater(wakes: readonly { webhookId: string; delaySeconds: number }[]): void;
}

/** A shorter way to wake the dispatchers that listen at the moment. Implemented by `libs/persistence`. */
export interface WakeSignals {
  /**
   * These webhooks have deliveries that are due now: tells every dispatcher that listens.
   *
   * @returns false when none listens
   * @throws when the database is away
   */
  signal(webhookIds: readonly string[]): Promise<boolean>;
}

/** What a dispatcher does when it is woken. */
export interface WakeListener {
  /** Resolves once the due deliveries are claimed and handed over, not when they are sent. */
  onWake(webhookIds: readonly string[]): Promise<void>;
}
