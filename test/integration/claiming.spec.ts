import { describe, expect } from 'vitest';
import { deliveryTest as it } from './delivery-fixtures.js';

// conformance/ has what any store promises.

describe('claiming deliveries', () => {
  it('holds those of a paused webhook but sends its tests', async ({ fixtures }) => {
    const webhookId = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(webhookId, { count: 3 });
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    expect((await fixtures.claim(webhookId)).map(({ id }) => id)).toEqual([test]);
  });

  it('releases what was held oldest first once its webhook is resumed, and nothing before its own due time', async ({
    fixtures,
  }) => {
    const webhookId = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(webhookId, { dueIn: 60 });
    const younger = await fixtures.addDeliveries(webhookId, { count: 2, dueIn: -10 });
    const older = await fixtures.addDeliveries(webhookId, { count: 2, dueIn: -100 });
    expect(await fixtures.claim(webhookId)).toEqual([]);
    await fixtures.sql(`UPDATE webhooks SET status = 'active' WHERE id = $1`, [webhookId]);
    const first = await fixtures.claim(webhookId, 3);
    expect(first.map(({ id }) => id).toSorted()).toEqual([...older, younger[0]].toSorted());
    expect((await fixtures.claim(webhookId)).map(({ id }) => id)).toEqual([younger[1]]);
  });

  it('sends a test though every slot of the webhook is taken', async ({ fixtures }) => {
    const webhookId = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhookId, { count: 3, dueIn: -100 });
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    const claim = await fixtures.store.claim({
      slots: [{ webhookId, free: 0 }],
      limit: 0,
      leaseSeconds: 60,
    });
    expect(claim.deliveries).toMatchObject([{ id: test, test: true, trigger: 'test' }]);
    expect(claim.withMore).toEqual([webhookId]);
  });

  it('says that more may be due when more tests wait than go at once', async ({ fixtures }) => {
    const webhookIds = await Promise.all(Array.from({ length: 5 }, () => fixtures.addWebhook()));
    for (const id of webhookIds) await fixtures.addDeliveries(id, { test: true });
    const slots = webhookIds.map((webhookId) => ({ webhookId, free: 8 }));
    const claim = () => fixtures.store.claim({ slots, limit: 100, leaseSeconds: 60 });
    const first = await claim();
    expect(first.deliveries.length).toBeLessThan(5);
    expect(first.withMore.toSorted()).toEqual(webhookIds.toSorted());
    const second = await claim();
    expect(first.deliveries.length + second.deliveries.length).toBe(5);
    expect(second.withMore).toEqual([]);
  });

  it('never sends a test to a deleted webhook, and the sweep discards it', async ({ fixtures }) => {
    const webhookId = await fixtures.addWebhook();
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    await fixtures.deleteWebhook(webhookId);
    expect(await fixtures.claim(webhookId)).toEqual([]);
    expect(await fixtures.store.webhooksWithDueDeliveries(100)).not.toContain(webhookId);
    expect(await fixtures.due(test!)).toBeUndefined();
    expect(await fixtures.delivery(test!)).toMatchObject({
      status: 'discarded',
      next_attempt_at: null,
    });
  });

  it('makes a dead letter of one that can never be sent', async ({ fixtures }) => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    await fixtures.pruneEventOf(id!);
    expect(await fixtures.claim(webhookId)).toEqual([]);
    expect(await fixtures.delivery(id!)).toMatchObject({
      status: 'dead',
      dead_at: expect.any(Date),
      next_attempt_at: null,
    });
  });
});

describe('a sweep', () => {
  it('names no paused webhook, unless a test waits for it', async ({ fixtures }) => {
    const paused = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(paused);
    const pausedWithTest = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(pausedWithTest);
    await fixtures.addDeliveries(pausedWithTest, { test: true });
    const found = await fixtures.store.webhooksWithDueDeliveries(100);
    expect(found).toContain(pausedWithTest);
    expect(found).not.toContain(paused);
  });
});
