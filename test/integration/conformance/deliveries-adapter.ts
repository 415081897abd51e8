import type { DeliveryStore } from '@schoolbell/delivery';
import { PostgresDeliveryStore } from '@schoolbell/persistence';
import { DeliveryFixtures, type NewDeliveries } from '../delivery-fixtures.js';
import type { DeliveryStoreAdapter, StoredState } from './delivery-store-adapter.js';

/** Deliveries to the `url` of their webhooks. */
export class DeliveriesAdapter implements DeliveryStoreAdapter {
  readonly store: DeliveryStore;
  readonly trigger = 'scheduled';
  readonly url = 'https://lms.example.com/hook';
  readonly attemptsBefore = 0;
  readonly withoutEvent = { status: 'dead', error: 'unsendable' } as const;
  readonly changes = {
    attempts: 'number < 0',
    deliveries: 'attempt_count = 0',
    due_deliveries: 'attempt_count = 0',
    webhooks: 'consecutive_failures = 0',
  };

  private constructor(readonly fixtures: DeliveryFixtures) {
    this.store = fixtures.store;
  }

  static async open(): Promise<DeliveryStoreAdapter> {
    return new DeliveriesAdapter(await DeliveryFixtures.open());
  }

  another(): DeliveryStore {
    return new PostgresDeliveryStore(this.fixtures.openAnother());
  }

  async addWebhook(): Promise<string> {
    return this.fixtures.addWebhook();
  }

  async addDeliveries(webhookId: string, options: NewDeliveries = {}): Promise<string[]> {
    return this.fixtures.addDeliveries(webhookId, options);
  }

  async pruneEventOf(id: string): Promise<void> {
    await this.fixtures.pruneEventOf(id);
  }

  async makeDue(id: string): Promise<void> {
    await this.fixtures.sql('UPDATE due_deliveries SET due_at = now() WHERE delivery_id = $1', [
      id,
    ]);
  }

  async endLeases(): Promise<void> {
    await this.fixtures.endLeases();
  }

  async state(id: string): Promise<StoredState> {
    const [state] = await this.fixtures.sql(
      `SELECT d.status, d.last_error_code AS error, w.leased_at AS "leasedAt",
         extract(epoch FROM w.due_at - now())::float8 AS "dueIn"
       FROM deliveries d LEFT JOIN due_deliveries w ON w.delivery_id = d.id
       WHERE d.id = $1`,
      [id],
    );
    return state;
  }
}
