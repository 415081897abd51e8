import { toTypeId, uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { readAsTenant } from '../../database/read-as-tenant.js';
import { recordChange, type Change } from '../../database/record-change.js';
import { Prisma } from '../../generated/client.js';

export interface TestDraft {
  tenantId: string;
  webhookId: string;
  eventType: string;
  /** The example's `data` as compact JSON text. */
  payload: string;
}

/** Tests of webhooks: a real delivery of an event that never happened, sent once and also while paused. */
export class TestDeliveryRepository {
  constructor(private readonly db: Database) {}

  /**
   * Stores the event and its delivery, due now. The event is in no list, the delivery says that it is a
   * test. Wake the webhook afterwards.
   *
   * @returns the delivery's id
   */
  async create(draft: TestDraft, author: Author): Promise<string> {
    const id = uuidV7();
    await asTenant(this.db, draft.tenantId, async (tx) => {
      await storeTest(tx, id, draft);
      await recordChange(tx, author, tested(id, draft));
    });
    return id;
  }

  /** Whether it was sent, or discarded with its webhook. An interrupted attempt is not the end: it is sent again. */
  async hasEnded(tenantId: string, deliveryId: string): Promise<boolean> {
    const query = Prisma.sql`
      SELECT FROM deliveries d
      WHERE d.id = ${deliveryId}::uuid AND d.tenant_id = ${tenantId}::uuid AND d.status <> 'waiting'`;
    return (await readAsTenant(this.db, tenantId, (rows) => rows(query))).length > 0;
  }
}

async function storeTest(tx: TenantTransaction, id: string, draft: TestDraft): Promise<void> {
  const { tenantId, webhookId, eventType, payload } = draft;
  const now = new Date();
  const eventId = uuidV7();
  const times = { occurredAt: now, acceptedAt: now };
  await tx.event.create({
    data: { id: eventId, tenantId, type: eventType, ...times, test: true, payload },
  });
  await tx.delivery.create({
    data: { id, tenantId, webhookId, eventId, eventType, test: true, nextAttemptAt: now },
  });
  // Due times are by the database's clock alone.
  await tx.$executeRaw`
    INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, trigger, test)
    VALUES (${id}::uuid, ${tenantId}::uuid, ${webhookId}::uuid, ${eventId}::uuid, now(), 'test', true)`;
}

function tested(id: string, { tenantId, webhookId, eventType }: TestDraft): Change {
  return {
    tenantId,
    action: 'webhook.tested',
    resource: { kind: 'webhook', id: toTypeId('webhook', webhookId) },
    after: { deliveryId: toTypeId('delivery', id), eventType },
  };
}
