import type { AttemptTrigger, DeliveryStore } from '@schoolbell/delivery';
import type { DeliveryFixtures } from '../delivery-fixtures.js';

/** A store on a database of its own, and what the suite needs to know about what the store claims. */
export interface DeliveryStoreAdapter {
  readonly fixtures: DeliveryFixtures;
  readonly store: DeliveryStore;
  /** Of the attempts that it records. */
  readonly trigger: AttemptTrigger;
  /** Where it sends. */
  readonly url: string;
  /** Attempts of a delivery before it comes to this store. */
  readonly attemptsBefore: number;
  /** How a delivery ends whose event was pruned before it could be sent. */
  readonly withoutEvent: Pick<StoredState, 'status' | 'error'>;
  /** The tables that a failed attempt changes, each with a condition that its row breaks then. */
  readonly changes: Readonly<Record<string, string>>;
  /** The store of another dispatcher, for the same deliveries. */
  another(): DeliveryStore;
  addWebhook(): Promise<string>;
  /**
   * Deliveries that become due one millisecond after the other.
   *
   * @param options `dueIn` seconds from now; default: due for a minute
   * @returns their ids, the first that is due first
   */
  addDeliveries(webhookId: string, options?: { count?: number; dueIn?: number }): Promise<string[]>;
  /** As if its event had grown older than the retention. */
  pruneEventOf(id: string): Promise<void>;
  makeDue(deliveryId: string): Promise<void>;
  /** As if each dispatcher that holds a lease had been gone for longer than that. */
  endLeases(): Promise<void>;
  state(deliveryId: string): Promise<StoredState>;
}

export interface StoredState {
  status: 'waiting' | 'delivered' | 'dead' | 'discarded' | 'dissolved';
  /** Code of the last error; null when there was none. */
  error: string | null;
  /** In seconds, by the clock of the database; null when it is not to be sent any more. */
  dueIn: number | null;
  leasedAt: Date | null;
}
