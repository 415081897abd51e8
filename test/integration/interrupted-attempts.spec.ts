import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedDelivery } from '@schoolbell/delivery';
import { attemptOf, DeliveryFixtures, FAILED } from './delivery-fixtures.js';

describe('a delivery whose attempts are cut off', () => {
  let fixtures: DeliveryFixtures;
  let webhookId: string;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    webhookId = await fixtures.addWebhook();
  });
  afterAll(() => fixtures.close());

  /** Claims and ends the lease, again and again. */
  async function cutOff(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      expect(await fixtures.claim(webhookId)).toHaveLength(1);
      await fixtures.endLeases();
    }
  }

  const inState = async (id: string) => {
    const { status, last_error_code: error, dead_at: deadAt } = await fixtures.delivery(id);
    return { status, error, dead: deadAt !== null };
  };

  it('is dead after five times in a row, with every attempt in its history', async () => {
    const [id] = await fixtures.addDeliveries(webhookId);
    await cutOff(5);
    expect(await fixtures.claim(webhookId)).toEqual([]);
    expect(await inState(id!)).toEqual({ status: 'dead', error: 'interrupted', dead: true });
    expect(await fixtures.due(id!)).toBeUndefined();
    const attempts = await fixtures.attempts(id!);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('interrupted'));
  });

  it('counts from the beginning after an attempt with an outcome', async () => {
    const [id] = await fixtures.addDeliveries(webhookId);
    await cutOff(4);
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.store.record([attemptOf(claimed!, FAILED)]);
    await fixtures.sql(`UPDATE due_deliveries SET due_at = now() WHERE delivery_id = $1`, [id]);
    await cutOff(4);
    const [last] = await fixtures.claim(webhookId);
    await fixtures.store.record([attemptOf(last!, { kind: 'delivered' })]);
    expect(await inState(id!)).toMatchObject({ status: 'delivered' });
  });

  it('may be given back as often as dispatchers stop', async () => {
    const [id] = await fixtures.addDeliveries(webhookId);
    for (let i = 0; i < 7; i++) {
      // What is given back is found by the sweep, whoever claimed it before.
      expect(await fixtures.store.webhooksWithDueDeliveries(10)).toEqual([webhookId]);
      const [claimed] = (await fixtures.claim(webhookId)) as [ClaimedDelivery];
      await fixtures.store.release([{ claimed, sent: true }]);
    }
    expect(await inState(id!)).toMatchObject({ status: 'waiting' });
  });
});
