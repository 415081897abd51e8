import type { AttemptTrigger, DeliveryStore } from '@schoolbell/delivery';
import type { DeliveryFixtures } from '../delivery-fixtures.js';

/** A store with its own database, and what the suite has to know about what it claims. */
export interface DeliveryStoreAdapter {
  readonly fixtures: DeliveryFixtures;
  readonly store: DeliveryStore;
  /** The trigger of the attempts that it records. */
  readonly trigger: AttemptTrigger;
  /** The URL to which it sends. */
  readonly url: string;
  /** How many attempts a delivery has before it comes to this store. */
  readonly attemptsBefore: number;
  /** The end of a delivery whose event was pruned before it could be sent. */
  readonly withoutEvent: Pick<StoredState, 'status' | 'error'>;
  /** The tables that a failed attempt changes, each with a condition that the changed row violates. */
  readonly changes: Readonly<Record<string, string>>;
  /** The store of another dispatcher, for the same deliveries. */
  another(): DeliveryStore;
  addWebhook(): Promise<string>;
  /**
   * Adds deliveries that become due one millisecond after the other.
   *
   * @param options `dueIn` in seconds from now; default: due for a minute
   * @returns their ids, in the order in which they become due
   */
  addDeliveries(webhookId: string, options?: { count?: number; dueIn?: number }): Promise<string[]>;
  /** As if its event were older than the retention. */
  pruneEventOf(id: string): Promise<void>;
  makeDue(deliveryId: string): Promise<void>;
  /** As if each dispatcher that holds a lease had been gone for longer than the lease. */
  endLeases(): Promise<void>;
  state(deliveryId: string): Promise<StoredState>;
}

export interface StoredState {
  status: 'waiting' | 'delivered' | 'dead' | 'discarded' | 'dissolved';
  /** Code of the last error; null if there was none. */
  error: string | null;
  /** Seconds, by the clock of the database; null if it will not be sent. */
  dueIn: number | null;
  leasedAt: Date | null;
}
