import { describe, expect } from 'vitest';
import { attemptOf, DELIVERED } from '../delivery-fixtures.js';
import { claimOf, sweepAndClaim, type ConformanceTest } from './conformance-test.js';

const DISPATCHERS = 5;
const WEBHOOKS = 20;
const DELIVERIES_EACH = 50;

/** Which deliveries a claim returns, and to whom. */
export function describeClaiming(it: ConformanceTest): void {
  describe('claiming', () => {
    it('hands over the event as it was accepted, with the number of the attempt', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      const [id] = await adapter.addDeliveries(webhookId);
      const [claimed] = await claimOf(adapter.store, webhookId);
      expect(claimed).toMatchObject({
        id,
        webhookId,
        webhookVersion: 1,
        attemptNumber: adapter.attemptsBefore + 1,
        cycleFailures: 0,
        trigger: adapter.trigger,
        test: false,
        ordered: false,
        takenOver: false,
        startInMs: 0,
        event: {
          tenantId: adapter.fixtures.tenantId,
          type: 'session.completed',
          occurredAt: new Date('2026-01-02T03:04:05.678Z'),
          payload: '{"a":1}',
        },
      });
      expect(claimed!.event.acceptedAt).toBeInstanceOf(Date);
    });

    it('takes what has been due the longest first', async ({ adapter }) => {
      const webhookId = await adapter.addWebhook();
      const newer = await adapter.addDeliveries(webhookId, { count: 3, dueIn: -10 });
      const older = await adapter.addDeliveries(webhookId, { count: 2, dueIn: -20 });
      const inOrder = [...older, ...newer];
      for (const next of [inOrder.slice(0, 3), inOrder.slice(3)]) {
        const claimed = await claimOf(adapter.store, webhookId, 3);
        expect(claimed.map(({ id }) => id).toSorted()).toEqual(next.toSorted());
      }
    });

    it('leaves alone what is not due yet', async ({ adapter }) => {
      const webhookId = await adapter.addWebhook();
      await adapter.addDeliveries(webhookId, { dueIn: 60 });
      expect(await claimOf(adapter.store, webhookId)).toEqual([]);
    });

    it('takes nothing of a deleted webhook, and the sweep discards what waited for it', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      const [id] = await adapter.addDeliveries(webhookId);
      await adapter.fixtures.deleteWebhook(webhookId);
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      expect(await adapter.state(id!)).toMatchObject({ status: 'discarded', dueIn: null });
      expect(await adapter.store.webhooksWithDueDeliveries(1000)).not.toContain(webhookId);
    });

    it('ends a delivery whose event was pruned, and goes on with the others', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      const [lost, whole] = await adapter.addDeliveries(webhookId, { count: 2 });
      await adapter.pruneEventOf(lost!);
      expect(await claimOf(adapter.store, webhookId)).toMatchObject([{ id: whole }]);
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      expect(await adapter.state(lost!)).toMatchObject({ ...adapter.withoutEvent, dueIn: null });
    });

    it('gives each delivery to one of five dispatchers, so that it is sent once', async ({
      adapter,
    }) => {
      const webhookIds = await Promise.all(
        Array.from({ length: WEBHOOKS }, () => adapter.addWebhook()),
      );
      for (const id of webhookIds) await adapter.addDeliveries(id, { count: DELIVERIES_EACH });
      const slots = webhookIds.map((webhookId) => ({ webhookId, free: 8 }));
      const claimed: string[] = [];
      await Promise.all(
        Array.from({ length: DISPATCHERS }, async () => {
          const store = adapter.another();
          for (;;) {
            const { deliveries } = await store.claim({ slots, limit: 100, leaseSeconds: 60 });
            if (deliveries.length === 0) return;
            claimed.push(...deliveries.map(({ id }) => id));
            await store.record(deliveries.map((delivery) => attemptOf(delivery, DELIVERED)));
          }
        }),
      );
      expect(claimed).toHaveLength(WEBHOOKS * DELIVERIES_EACH);
      expect(new Set(claimed).size).toBe(WEBHOOKS * DELIVERIES_EACH);
      const sent = await adapter.fixtures.sql(
        `SELECT outcome FROM attempts WHERE webhook_id = ANY ($1) AND trigger = $2`,
        [webhookIds, adapter.trigger],
      );
      expect(sent).toEqual(claimed.map(() => ({ outcome: 'delivered' })));
    });
  });
}
