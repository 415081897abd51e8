import { MOST_INTERRUPTIONS } from '@schoolbell/delivery';
import { describe, expect } from 'vitest';
import { attemptOf, DELIVERED, FAILED } from '../delivery-fixtures.js';
import {
  attemptsOf,
  claimOf,
  claimOne,
  storedOf,
  sweepAndClaim,
  type ConformanceTest,
} from './conformance-test.js';
import type { DeliveryStoreAdapter } from './delivery-store-adapter.js';

/** A dispatcher claims and is gone until the lease ends, again and again. */
async function cutOff(
  adapter: DeliveryStoreAdapter,
  webhookId: string,
  times: number,
): Promise<void> {
  for (let i = 0; i < times; i++) {
    expect(await sweepAndClaim(adapter.store, webhookId)).toHaveLength(1);
    await adapter.endLeases();
  }
}

export function describeLeases(it: ConformanceTest): void {
  describe('a lease', () => {
    it('is taken over by another dispatcher when it has ended, not before; what was cut off shows', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      const other = adapter.another();
      expect(await claimOf(other, webhookId)).toEqual([]);
      const { leasedAt } = await adapter.state(id);
      await adapter.endLeases();
      const [second] = await claimOf(other, webhookId);
      expect(second).toMatchObject({ id, cycleFailures: 0, takenOver: true });
      expect(second!.attemptNumber).toBe(claimed.attemptNumber + 1);
      expect(second!.leaseId).not.toBe(claimed.leaseId);
      expect(await attemptsOf(adapter, id)).toMatchObject([
        {
          number: claimed.attemptNumber,
          trigger: adapter.trigger,
          outcome: 'interrupted',
          at: leasedAt,
          url: adapter.url,
          format: 'allureconnect',
          error_code: 'interrupted',
        },
      ]);
      expect(await adapter.state(id)).toMatchObject({ status: 'waiting' });
    });

    it('keeps a dispatcher that comes back late from writing over its successor', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed: late } = await claimOne(adapter);
      await adapter.endLeases();
      const other = adapter.another();
      const [current] = await claimOf(other, webhookId);
      const before = await storedOf(adapter, { id, webhookId });
      expect(await adapter.store.record([attemptOf(late, FAILED)])).toMatchObject({ lost: [id] });
      await adapter.store.release([{ claimed: late, sent: true }]);
      expect(await storedOf(adapter, { id, webhookId })).toEqual(before);
      expect(await other.record([attemptOf(current!, DELIVERED)])).toMatchObject({ lost: [] });
      expect(await adapter.state(id)).toMatchObject({ status: 'delivered' });
    });

    it('that is given back unused leaves nothing behind, and the delivery is due at once', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      await adapter.store.release([{ claimed, sent: false }]);
      expect(await attemptsOf(adapter, id)).toEqual([]);
      const { attemptNumber } = claimed;
      expect(await sweepAndClaim(adapter.store, webhookId)).toMatchObject([
        { id, attemptNumber, takenOver: false },
      ]);
    });

    it('that is given back while the request is on its way leaves an interrupted attempt', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      const { leasedAt } = await adapter.state(id);
      await adapter.store.release([{ claimed, sent: true }]);
      const { attemptNumber } = claimed;
      expect(await attemptsOf(adapter, id)).toMatchObject([
        { number: attemptNumber, outcome: 'interrupted', at: leasedAt, url: adapter.url },
      ]);
      expect(await sweepAndClaim(adapter.store, webhookId)).toMatchObject([
        { id, attemptNumber: attemptNumber + 1, cycleFailures: 0, takenOver: false },
      ]);
    });
  });

  describe('a delivery whose attempts are cut off', () => {
    it('is dead after five times in a row, with every attempt in its history', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      const [id] = await adapter.addDeliveries(webhookId);
      await cutOff(adapter, webhookId, MOST_INTERRUPTIONS);
      expect(await claimOf(adapter.store, webhookId)).toEqual([]);
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      expect(await adapter.state(id!)).toMatchObject({
        status: 'dead',
        error: 'interrupted',
        dueIn: null,
      });
      const outcomes = (await attemptsOf(adapter, id!)).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(Array(MOST_INTERRUPTIONS).fill('interrupted'));
    });

    it('is counted anew after an attempt with an outcome', async ({ adapter }) => {
      const webhookId = await adapter.addWebhook();
      const [id] = await adapter.addDeliveries(webhookId);
      await cutOff(adapter, webhookId, MOST_INTERRUPTIONS - 1);
      const [claimed] = await sweepAndClaim(adapter.store, webhookId);
      await adapter.store.record([attemptOf(claimed!, FAILED)]);
      await adapter.makeDue(id!);
      await cutOff(adapter, webhookId, MOST_INTERRUPTIONS - 1);
      expect(await sweepAndClaim(adapter.store, webhookId)).toHaveLength(1);
    });

    it('may be given back as often as dispatchers stop', async ({ adapter }) => {
      const webhookId = await adapter.addWebhook();
      await adapter.addDeliveries(webhookId);
      for (let i = 0; i < MOST_INTERRUPTIONS + 2; i++) {
        const [claimed] = await sweepAndClaim(adapter.store, webhookId);
        await adapter.store.release([{ claimed: claimed!, sent: true }]);
      }
      expect(await sweepAndClaim(adapter.store, webhookId)).toHaveLength(1);
    });
  });
}
