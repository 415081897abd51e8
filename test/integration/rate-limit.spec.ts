import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '@schoolbell/delivery';
import { openDatabase, PostgresDeliveryStore } from '@schoolbell/persistence';
import { DeliveryFixtures } from './delivery-fixtures.js';

describe('claiming for a webhook with a rate limit', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  const claimAll = (webhookId: string, free = 100): Promise<Claim> =>
    fixtures.store.claim({ slots: [{ webhookId, free }], limit: 400, leaseSeconds: 60 });

  it('takes what may start soon, each at its moment, oldest first, and says when to come back', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 20 });
    const ids = await fixtures.addDeliveries(webhookId, { count: 30 });
    const { deliveries, withMore, paced } = await claimAll(webhookId);
    // A slot every 51.5 ms, for the next 200 ms: four, or five if the statement took long.
    expect([4, 5]).toContain(deliveries.length);
    expect(deliveries.map(({ id }) => id)).toEqual(ids.slice(0, deliveries.length));
    const starts = deliveries.map(({ startInMs }) => startInMs);
    expect(starts[0]).toBe(0);
    expect(starts.at(-1)).toBeGreaterThan(50);
    expect(starts.at(-1)).toBeLessThanOrEqual(207);
    expect(withMore).toEqual([]);
    expect(paced).toMatchObject([{ webhookId }]);
    expect(paced[0]!.againInMs).toBeLessThanOrEqual(158);
    expect((await claimAll(webhookId)).deliveries.length).toBeLessThan(4);
  });

  it('has no burst after a quiet time', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 10 });
    await fixtures.sql(
      `UPDATE webhook_rates SET next_slot_at = now() - interval '1 hour' WHERE webhook_id = $1`,
      [webhookId],
    );
    await fixtures.addDeliveries(webhookId, { count: 30 });
    const { deliveries } = await claimAll(webhookId);
    expect(deliveries.length).toBeGreaterThanOrEqual(2);
    expect(deliveries.length).toBeLessThanOrEqual(3);
  });

  it('gives no slot away for tests, and none to a webhook without free ones', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 1 });
    await fixtures.addDeliveries(webhookId, { count: 2 });
    expect((await claimAll(webhookId)).deliveries).toHaveLength(1);
    const [test] = await fixtures.addDeliveries(webhookId, { test: true });
    const { deliveries } = await claimAll(webhookId, 0);
    expect(deliveries).toMatchObject([{ id: test, startInMs: 0 }]);
    const [{ ahead }] = await fixtures.sql(
      `SELECT next_slot_at < now() + interval '1.03 s' AS ahead FROM webhook_rates WHERE webhook_id = $1`,
      [webhookId],
    );
    expect(ahead).toBe(true);
  });

  it('holds for a limit that is set later, and not for one that is taken away', async () => {
    const webhookId = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhookId, { count: 12 });
    const limit = (perSecond: number | null) =>
      fixtures.sql('UPDATE webhooks SET rate_limit = $2 WHERE id = $1', [webhookId, perSecond]);
    await limit(1);
    expect((await claimAll(webhookId)).deliveries).toHaveLength(1);
    expect((await claimAll(webhookId)).deliveries).toHaveLength(0);
    await limit(null);
    expect((await claimAll(webhookId)).deliveries).toHaveLength(11);
  });

  it('waits, when the limit is raised, for the slot that was taken before, and no other webhook waits', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 1 });
    const [first, ...rest] = await fixtures.addDeliveries(webhookId, { count: 4 });
    expect((await claimAll(webhookId)).deliveries).toMatchObject([{ id: first }]);
    await fixtures.sql('UPDATE webhooks SET rate_limit = 1000 WHERE id = $1', [webhookId]);
    const other = await fixtures.addWebhook();
    const [neighbour] = await fixtures.addDeliveries(other);
    const slots = [webhookId, other].map((id) => ({ webhookId: id, free: 8 }));
    const claim = await fixtures.store.claim({ slots, limit: 400, leaseSeconds: 60 });
    expect(claim.deliveries).toMatchObject([{ id: neighbour }]);
    expect(claim.paced).toMatchObject([{ webhookId }]);
    const [{ againInMs }] = claim.paced as [Claim['paced'][number]];
    expect(againInMs).toBeLessThanOrEqual(1030);
    await sleep(againInMs);
    const { deliveries } = await claimAll(webhookId);
    expect(deliveries.map(({ id }) => id)).toEqual(rest);
  });

  it.each([
    ['its receiver, in a minute', 10, 12, 5_150],
    ['its customer, in a second', 1, 600, 1_030],
  ])('lets no more go than %s, where that is less', async (_who, rateLimit, perMinute, gapMs) => {
    const webhookId = await fixtures.addWebhook({ rateLimit });
    await fixtures.addDeliveries(webhookId, { count: 3 });
    await fixtures.sql('UPDATE webhooks SET consented_rate = $2 WHERE id = $1', [
      webhookId,
      perMinute,
    ]);
    const { deliveries, paced } = await claimAll(webhookId);
    expect(deliveries).toHaveLength(1);
    // By then, half of the planned time has free slots.
    expect(paced[0]!.againInMs).toBeLessThanOrEqual(gapMs - 100);
    expect(paced[0]!.againInMs).toBeGreaterThan(gapMs - 600);
    expect((await claimAll(webhookId)).deliveries).toEqual([]);
  });

  it('has a timetable also when only its receiver sets a limit', async () => {
    const webhookId = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhookId, { count: 3 });
    await fixtures.sql('UPDATE webhooks SET consented_rate = 60 WHERE id = $1', [webhookId]);
    expect((await claimAll(webhookId)).deliveries).toHaveLength(1);
    expect((await claimAll(webhookId)).deliveries).toEqual([]);
  });

  it('goes on when the clock of Postgres is put back', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 1 });
    await fixtures.addDeliveries(webhookId, { count: 2 });
    await fixtures.sql(
      `UPDATE webhook_rates SET next_slot_at = now() + interval '10 years' WHERE webhook_id = $1`,
      [webhookId],
    );
    const { deliveries, paced } = await claimAll(webhookId);
    expect(deliveries).toMatchObject([{ startInMs: 0 }]);
    expect(paced[0]!.againInMs).toBeLessThanOrEqual(1030);
  });

  describe('and a filter', () => {
    const filtered = (rateLimit: number) => fixtures.addWebhook({ rateLimit, filter: 'true' });

    it('takes no place in the timetable until the filter was asked; then the oldest go, the others are given back', async () => {
      const webhookId = await filtered(1);
      const ids = await fixtures.addDeliveries(webhookId, { count: 12 });
      const { deliveries, paced } = await claimAll(webhookId, 8);
      expect(deliveries.map(({ id }) => id)).toEqual(ids.slice(0, 8));
      expect(deliveries.every(({ awaitsSlot, startInMs }) => awaitsSlot && startInMs === 0)).toBe(
        true,
      );
      expect(paced).toEqual([]);
      const wanted = deliveries.slice(2);
      const taken = await fixtures.store.takeSlots(wanted.toReversed());
      expect(taken.going).toEqual([{ id: ids[2], startInMs: 0 }]);
      expect(taken.paced).toMatchObject([{ webhookId }]);
      expect(taken.paced[0]!.againInMs).toBeLessThanOrEqual(930);
      const again = await claimAll(webhookId, 8);
      expect(again.deliveries.map(({ id }) => id)).toEqual(ids.slice(3, 11));
      expect(again.deliveries[0]).toMatchObject({ attemptNumber: 1, takenOver: false });
      expect((await fixtures.store.takeSlots(again.deliveries)).going).toEqual([]);
    });

    it('finds again at once what has waited for long and was given back', async () => {
      const webhookId = await filtered(1);
      const ids = await fixtures.addDeliveries(webhookId, { count: 4, dueIn: -60 });
      await fixtures.store.takeSlots((await claimAll(webhookId)).deliveries);
      const { deliveries } = await claimAll(webhookId);
      expect(deliveries.map(({ id }) => id)).toEqual(ids.slice(1));
    });

    it('keeps the order of a session: the one that was given back goes before those behind it', async () => {
      const webhookId = await fixtures.addWebhook({
        rateLimit: 1,
        filter: 'true',
        ordering: 'session',
        eventTypes: ['*'],
      });
      await fixtures.accept(['one', 'one', 'one']);
      await fixtures.sql(
        `UPDATE webhook_rates SET next_slot_at = now() + interval '1 s' WHERE webhook_id = $1`,
        [webhookId],
      );
      const [first, ...others] = (await claimAll(webhookId)).deliveries;
      expect(others).toEqual([]);
      expect((await fixtures.store.takeSlots([first!])).going).toEqual([]);
      const { deliveries } = await claimAll(webhookId);
      expect(deliveries).toMatchObject([{ id: first!.id, ordered: true }]);
    });

    it('lets all go whose limit was taken away meanwhile, and none that was paused', async () => {
      const [free, paused] = [await filtered(1), await filtered(1)];
      for (const webhookId of [free, paused]) await fixtures.addDeliveries(webhookId, { count: 3 });
      const claimed = [await claimAll(free), await claimAll(paused)];
      await fixtures.sql('UPDATE webhooks SET rate_limit = NULL WHERE id = $1', [free]);
      await fixtures.sql(`UPDATE webhooks SET status = 'paused' WHERE id = $1`, [paused]);
      const deliveries = claimed.flatMap((claim) => claim.deliveries);
      const { going, paced } = await fixtures.store.takeSlots(deliveries);
      expect(going.map(({ id }) => id)).toEqual(claimed[0]!.deliveries.map(({ id }) => id));
      expect(paced).toEqual([]);
    });

    it('waits for no dispatcher that reads the timetable', async () => {
      const webhookId = await filtered(100);
      await fixtures.addDeliveries(webhookId, { count: 1 });
      const { deliveries } = await claimAll(webhookId);
      const reader = await fixtures.db.intakePool.connect();
      await reader.query('BEGIN');
      await reader.query('SELECT FROM webhook_rates WHERE webhook_id = $1 FOR UPDATE', [webhookId]);
      const { going, paced } = await fixtures.store.takeSlots(deliveries);
      await reader.query('ROLLBACK');
      reader.release();
      expect({ going, paced }).toEqual({ going: [], paced: [{ webhookId, againInMs: 25 }] });
    });

    it('gives no slot to two of two dispatchers that take them at the same time', async () => {
      const webhookId = await filtered(40);
      await fixtures.addDeliveries(webhookId, { count: 40 });
      const stores = [1, 2].map(() => new PostgresDeliveryStore(fixtures.openAnother()));
      const starts: { id: string; at: number }[] = [];
      await Promise.all(
        stores.map(async (store) => {
          const slots = [{ webhookId, free: 8 }];
          while (starts.length < 40) {
            const claim = await store.claim({ slots, limit: 100, leaseSeconds: 60 });
            const { going, paced } = await store.takeSlots(claim.deliveries);
            const now = performance.now();
            for (const { id, startInMs } of going) starts.push({ id, at: now + startInMs });
            await sleep(paced[0]?.againInMs ?? 1);
          }
        }),
      );
      expect(new Set(starts.map(({ id }) => id)).size).toBe(40);
      const [{ used }] = await fixtures.sql(
        `SELECT extract(epoch FROM r.next_slot_at - min(d.leased_at))::float8 AS used
         FROM webhook_rates r JOIN due_deliveries d USING (webhook_id)
         WHERE webhook_id = $1 GROUP BY r.next_slot_at`,
        [webhookId],
      );
      expect(used).toBeGreaterThanOrEqual(40 * (1.03 / 40));
    });
  });

  it('gives each slot to one of three dispatchers', async () => {
    const webhookId = await fixtures.addWebhook({ rateLimit: 40 });
    await fixtures.addDeliveries(webhookId, { count: 60 });
    const dispatchers = Array.from({ length: 3 }, () =>
      openDatabase({ url: fixtures.database.url, encryptionKeys: [randomBytes(32)] }),
    );
    const starts: { id: string; at: number }[] = [];
    await Promise.all(
      dispatchers.map(async (db) => {
        const store = new PostgresDeliveryStore(db);
        const slots = [{ webhookId, free: 8 }];
        while (starts.length < 60) {
          const claim = await store.claim({ slots, limit: 100, leaseSeconds: 60 });
          const now = performance.now();
          for (const { id, startInMs } of claim.deliveries) {
            starts.push({ id, at: now + startInMs });
          }
          await sleep(claim.paced[0]?.againInMs ?? 1);
        }
      }),
    );
    await Promise.all(dispatchers.map((db) => db.close()));
    expect(new Set(starts.map(({ id }) => id)).size).toBe(60);
    const times = starts.map(({ at }) => at).toSorted((a, b) => a - b);
    // 40 slots take 1.03 s; on a busy machine, the answer of a claim may come late.
    for (let i = 40; i < 60; i++) expect(times[i]! - times[i - 40]!).toBeGreaterThan(600);
    const [{ used }] = await fixtures.sql(
      `SELECT extract(epoch FROM r.next_slot_at - min(d.leased_at))::float8 AS used
       FROM webhook_rates r JOIN due_deliveries d USING (webhook_id)
       WHERE webhook_id = $1 GROUP BY r.next_slot_at`,
      [webhookId],
    );
    expect(used).toBeGreaterThanOrEqual(60 * (1.03 / 40));
  });
});
