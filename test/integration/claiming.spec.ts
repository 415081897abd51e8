import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, PostgresDeliveryStore } from '@schoolbell/persistence';
import { randomBytes } from 'node:crypto';
import { DeliveryFixtures } from './delivery-fixtures.js';

describe('claiming due deliveries', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  it('hands over the event as it was accepted, with the number of the attempt', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [claimed] = await fixtures.claim(webhookId);
    expect(claimed).toMatchObject({
      id,
      webhookId,
      webhookVersion: 1,
      attemptNumber: 1,
      cycleFailures: 0,
      trigger: 'scheduled',
      test: false,
      event: {
        tenantId: fixtures.tenantId,
        type: 'session.completed',
        occurredAt: new Date('2026-01-02T03:04:05.678Z'),
        payload: '{"a":1}',
      },
    });
    expect(claimed!.event.acceptedAt).toBeInstanceOf(Date);
  });

  it('takes the oldest first, as many as a webhook has free slots, and says that there is more', async () => {
    const webhookId = await fixtures.addWebhook();
    const newer = await fixtures.addDeliveries(webhookId, { count: 3, dueIn: -10 });
    const older = await fixtures.addDeliveries(webhookId, { count: 2, dueIn: -20 });
    const request = { slots: [{ webhookId, free: 3 }], limit: 100, leaseSeconds: 60 };
    const first = await fixtures.store.claim(request);
    expect(first.deliveries.map(({ id }) => id)).toEqual([...older, newer[0]]);
    expect(first.withMore).toEqual([webhookId]);
    const second = await fixtures.store.claim(request);
    expect(second.deliveries.map(({ id }) => id)).toEqual(newer.slice(1));
    expect(second.withMore).toEqual([]);
  });

  it('keeps to the limit over all webhooks, and names those that may have been cut off', async () => {
    const one = await fixtures.addWebhook();
    const two = await fixtures.addWebhook();
    await fixtures.addDeliveries(one, { count: 5 });
    await fixtures.addDeliveries(two, { count: 5 });
    const slots = [one, two].map((webhookId) => ({ webhookId, free: 8 }));
    const claim = await fixtures.store.claim({ slots, limit: 6, leaseSeconds: 60 });
    expect(claim.deliveries).toHaveLength(6);
    expect(claim.withMore).toEqual([one, two]);
  });

  it('leaves alone what is not due yet, and other webhooks', async () => {
    const webhookId = await fixtures.addWebhook();
    const other = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhookId, { dueIn: 60 });
    await fixtures.addDeliveries(other);
    expect(await fixtures.claim(webhookId)).toEqual([]);
  });

  it('holds the deliveries of a paused webhook but sends its tests', async () => {
    const webhookId = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(webhookId, { count: 3 });
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    expect((await fixtures.claim(webhookId)).map(({ id }) => id)).toEqual([test]);
  });

  it('releases what was held oldest first once its webhook is resumed, and nothing before its own due time', async () => {
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

  it('sends a test though every slot of the webhook is taken', async () => {
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

  it('never sends to a deleted webhook, not even a test, and the sweep discards what was left', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    await fixtures.sql('UPDATE webhooks SET deleted_at = now() WHERE id = $1', [webhookId]);
    expect(await fixtures.claim(webhookId)).toEqual([]);
    expect(await fixtures.store.webhooksWithDueDeliveries(100)).not.toContain(webhookId);
    for (const left of [id!, test!]) {
      expect(await fixtures.due(left)).toBeUndefined();
      expect(await fixtures.delivery(left)).toMatchObject({
        status: 'discarded',
        next_attempt_at: null,
      });
    }
  });

  it('buries a delivery whose event was pruned, and goes on with the others', async () => {
    const webhookId = await fixtures.addWebhook();
    const [lost, whole] = await fixtures.addDeliveries(webhookId, { count: 2 });
    await fixtures.sql(
      'DELETE FROM events WHERE id = (SELECT event_id FROM deliveries WHERE id = $1)',
      [lost],
    );
    expect((await fixtures.claim(webhookId)).map(({ id }) => id)).toEqual([whole]);
    expect(await fixtures.due(lost!)).toBeUndefined();
    expect(await fixtures.delivery(lost!)).toMatchObject({
      status: 'dead',
      last_error_code: 'unsendable',
    });
  });

  it('gives each of 4,000 deliveries to one of five dispatchers, and to no other', async () => {
    const webhookIds = await Promise.all(Array.from({ length: 40 }, () => fixtures.addWebhook()));
    for (const webhookId of webhookIds) await fixtures.addDeliveries(webhookId, { count: 100 });
    const dispatchers = Array.from({ length: 5 }, () =>
      openDatabase({ url: fixtures.database.url, encryptionKeys: [randomBytes(32)] }),
    );
    const slots = webhookIds.map((webhookId) => ({ webhookId, free: 8 }));
    const claimed: string[] = [];
    await Promise.all(
      dispatchers.map(async (db) => {
        const store = new PostgresDeliveryStore(db);
        for (;;) {
          const claim = await store.claim({ slots, limit: 100, leaseSeconds: 60 });
          if (claim.deliveries.length === 0) return;
          claimed.push(...claim.deliveries.map(({ id }) => id));
        }
      }),
    );
    await Promise.all(dispatchers.map((db) => db.close()));
    expect(claimed).toHaveLength(4000);
    expect(new Set(claimed).size).toBe(4000);
  });
});

describe('sweeping', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  it('names webhooks with due deliveries: not those that wait, hold or are being sent', async () => {
    const due = await fixtures.addWebhook();
    await fixtures.addDeliveries(due, { count: 50 });
    const later = await fixtures.addWebhook();
    await fixtures.addDeliveries(later, { dueIn: 60 });
    const paused = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(paused);
    const pausedWithTest = await fixtures.addWebhook({ status: 'paused' });
    await fixtures.addDeliveries(pausedWithTest);
    await fixtures.addDeliveries(pausedWithTest, { test: true });
    const leased = await fixtures.addWebhook();
    await fixtures.addDeliveries(leased);
    await fixtures.claim(leased);

    expect(await fixtures.store.webhooksWithDueDeliveries(100)).toEqual([pausedWithTest, due]);
    await fixtures.endLeases();
    expect(await fixtures.store.webhooksWithDueDeliveries(100)).toEqual([
      pausedWithTest,
      due,
      leased,
    ]);
  });

  it('comes round to every webhook, though it names only a few at a time', async () => {
    const all = await fixtures.store.webhooksWithDueDeliveries(100);
    expect(all).toHaveLength(3);
    const found = new Set<string>();
    for (let sweep = 0; sweep < all.length; sweep++) {
      const few = await fixtures.store.webhooksWithDueDeliveries(1);
      for (const id of few) found.add(id);
    }
    expect([...found].toSorted()).toEqual(all.toSorted());
  });
});
