import { uuidV7 } from '@schoolbell/ids';
import { type DeliveryStore } from '@schoolbell/delivery';
import { PostgresBatchStore } from '@schoolbell/persistence';
import { DeliveryFixtures, type NewDeliveries } from '../delivery-fixtures.js';
import type { DeliveryStoreAdapter, StoredState } from './delivery-store-adapter.js';

/** Waiting batches of one delivery each, which the suite knows by that delivery's id. */
export class BatchesAdapter implements DeliveryStoreAdapter {
  readonly store: DeliveryStore;
  readonly trigger = 'scheduled';
  readonly url = 'https://lms.example.com/hook';
  readonly attemptsBefore = 0;
  readonly withoutEvent = { status: 'dissolved', error: null } as const;
  readonly changes = {
    attempts: 'number < 0',
    batches: 'attempt_count = 0',
    deliveries: 'attempt_count = 0',
    webhooks: 'consecutive_failures = 0',
  };

  private constructor(readonly fixtures: DeliveryFixtures) {
    this.store = new PostgresBatchStore(fixtures.db);
  }

  static async open(): Promise<DeliveryStoreAdapter> {
    return new BatchesAdapter(await DeliveryFixtures.open());
  }

  another(): DeliveryStore {
    return new PostgresBatchStore(this.fixtures.openAnother());
  }

  async addWebhook(): Promise<string> {
    return this.fixtures.addWebhook({
      delivery: { mode: 'batch', maxEvents: 100, intervalSeconds: 3600 },
    });
  }

  async addDeliveries(webhookId: string, options: NewDeliveries = {}): Promise<string[]> {
    const deliveryIds = await this.fixtures.addDeliveries(webhookId, options);
    const ids = deliveryIds.map(() => uuidV7());
    await this.fixtures.sql(
      `WITH made AS (
         INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, due_at)
         SELECT r.id, $3, $4, 1, 1, now() + $5 * interval '1 second' + r.n * interval '1 millisecond'
         FROM unnest($1::uuid[]) WITH ORDINALITY AS r (id, n)
       ), members AS (
         INSERT INTO batch_members (batch_id, delivery_id, position)
         SELECT r.id, r.delivery_id, 1 FROM unnest($1::uuid[], $2::uuid[]) AS r (id, delivery_id)
       )
       UPDATE due_deliveries d SET awaits_turn = true, batch_id = r.id
       FROM unnest($1::uuid[], $2::uuid[]) AS r (id, delivery_id)
       WHERE d.delivery_id = r.delivery_id`,
      [ids, deliveryIds, this.fixtures.tenantId, webhookId, options.dueIn ?? -60],
    );
    return ids;
  }

  async makeDue(id: string): Promise<void> {
    await this.fixtures.sql('UPDATE batches SET due_at = now() WHERE id = $1', [id]);
  }

  async endLeases(): Promise<void> {
    await this.fixtures.sql(
      `UPDATE batches SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL`,
    );
  }

  async pruneEventOf(id: string): Promise<void> {
    const [member] = await this.fixtures.sql(
      'SELECT delivery_id FROM batch_members WHERE batch_id = $1',
      [id],
    );
    await this.fixtures.pruneEventOf(member.delivery_id);
  }

  async state(id: string): Promise<StoredState> {
    const [state] = await this.fixtures.sql(
      `SELECT b.status, d.last_error_code AS error, b.leased_at AS "leasedAt",
         CASE WHEN b.status = 'waiting' THEN extract(epoch FROM b.due_at - now())::float8 END AS "dueIn"
       FROM batches b JOIN batch_members m ON m.batch_id = b.id JOIN deliveries d ON d.id = m.delivery_id
       WHERE b.id = $1`,
      [id],
    );
    return state;
  }
}
