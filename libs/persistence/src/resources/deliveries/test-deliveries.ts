import { uuidV7 } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import type { Attempt } from '../../generated/client.js';

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
  async create(draft: TestDraft): Promise<string> {
    const { tenantId, webhookId, eventType } = draft;
    const now = new Date();
    const eventId = uuidV7();
    const id = uuidV7();
    const delivery = { tenantId, webhookId, eventId, test: true };
    const { prisma } = this.db;
    await prisma.$transaction([
      prisma.event.create({
        data: {
          id: eventId,
          tenantId,
          type: eventType,
          occurredAt: now,
          acceptedAt: now,
          test: true,
          payload: draft.payload,
        },
      }),
      prisma.delivery.create({ data: { ...delivery, id, eventType, nextAttemptAt: now } }),
      // Due times are by the database's clock alone.
      prisma.$executeRaw`
        INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, trigger, test)
        VALUES (${id}::uuid, ${tenantId}::uuid, ${webhookId}::uuid, ${eventId}::uuid, now(), 'test', true)`,
    ]);
    return id;
  }

  /** The attempt that ended the test, or `undefined` while it is still to come. */
  async attemptOf(deliveryId: string): Promise<Attempt | undefined> {
    // An interrupted attempt is not the end: the test is sent again.
    const attempt = await this.db.prisma.attempt.findFirst({
      where: { deliveryId, outcome: { not: 'interrupted' } },
      orderBy: { number: 'desc' },
    });
    return attempt ?? undefined;
  }
}
