import type { DeliveryStore } from '@schoolbell/delivery';
import { PostgresFallbackStore } from '@schoolbell/persistence';
import {
  attemptOf,
  DeliveryFixtures,
  EXHAUSTED,
  type NewDeliveries,
} from '../delivery-fixtures.js';
import type { DeliveryStoreAdapter, StoredState } from './delivery-store-adapter.js';

/** Dead letters for the `fallbackUrl` of their webhooks; each died after one attempt. */
export class FallbacksAdapter implements DeliveryStoreAdapter {
  readonly store: DeliveryStore;
  readonly trigger = 'fallback';
  readonly url = 'https://fallback.example.com/';
  readonly attemptsBefore = 1;
  readonly withoutEvent = { status: 'discarded', error: null } as const;
  readonly changes = {
    attempts: 'number < 0',
    deliveries: 'attempt_count = 0',
    fallbacks: 'cycle_failures = 0',
  };

  private constructor(readonly fixtures: DeliveryFixtures) {
    this.store = new PostgresFallbackStore(fixtures.db);
  }

  static async open(): Promise<DeliveryStoreAdapter> {
    return new FallbacksAdapter(await DeliveryFixtures.open());
  }

  another(): DeliveryStore {
    return new PostgresFallbackStore(this.fixtures.openAnother());
  }

  async addWebhook(): Promise<string> {
    return this.fixtures.addWebhook({ fallbackUrl: this.url, autoPauseAfter: 0 });
  }

  async addDeliveries(webhookId: string, options: NewDeliveries = {}): Promise<string[]> {
    const ids = await this.fixtures.addDeliveries(webhookId, { count: options.count });
    await this.fixtures.store.webhooksWithDueDeliveries(1000);
    const claimed = await this.fixtures.claim(webhookId);
    await this.fixtures.record(claimed.map((delivery) => attemptOf(delivery, EXHAUSTED)));
    await this.fixtures.sql(
      `UPDATE fallbacks f
       SET due_at = now() + $2 * interval '1 second' + r.n * interval '1 millisecond'
       FROM unnest($1::uuid[]) WITH ORDINALITY AS r (id, n)
       WHERE f.delivery_id = r.id`,
      [ids, options.dueIn ?? -60],
    );
    return ids;
  }

  async pruneEventOf(id: string): Promise<void> {
    await this.fixtures.pruneEventOf(id);
  }

  async makeDue(id: string): Promise<void> {
    await this.fixtures.sql('UPDATE fallbacks SET due_at = now() WHERE delivery_id = $1', [id]);
  }

  async endLeases(): Promise<void> {
    await this.fixtures.sql(
      `UPDATE fallbacks SET leased_until = now() - interval '1 second'
       WHERE leased_until IS NOT NULL`,
    );
  }

  async state(id: string): Promise<StoredState> {
    const [state] = await this.fixtures.sql(
      `SELECT CASE status WHEN 'pending' THEN 'waiting' ELSE status END AS status,
         last_error_code AS error, leased_at AS "leasedAt",
         CASE WHEN status = 'pending' THEN extract(epoch FROM due_at - now())::float8 END AS "dueIn"
       FROM fallbacks WHERE delivery_id = $1`,
      [id],
    );
    return state;
  }
}
