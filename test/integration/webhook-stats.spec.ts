import { uuidV7 } from '@schoolbell/ids';
import { AttemptCounter, History, WebhookStatsRepository } from '@schoolbell/persistence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptOf, DELIVERED, DeliveryFixtures, FAILED } from './delivery-fixtures.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = new Date();
const THIS_HOUR = Math.floor(NOW.getTime() / HOUR) * HOUR;

interface Attempts {
  at: number;
  count?: number;
  outcome?: 'delivered' | 'failed' | 'interrupted';
  /** Null if there was no answer. */
  ms?: number | null;
  trigger?: string;
  webhookId?: string;
}

describe('the stats of a webhook', () => {
  let fixtures: DeliveryFixtures;
  let counter: AttemptCounter;
  let stats: WebhookStatsRepository;
  let webhookId: string;
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    counter = new AttemptCounter(fixtures.db);
    stats = new WebhookStatsRepository(fixtures.db);
    webhookId = await fixtures.addWebhook();
  });
  afterEach(() => fixtures.close());

  const add = async (attempts: Attempts): Promise<void> => {
    const { at, count = 1, outcome = 'delivered', ms = 100, trigger = 'scheduled' } = attempts;
    await fixtures.sql(
      `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
         request_headers, response_status, total_ms)
       SELECT id, id, $2, 1, $3, $4, now(), '', '', '{}', CASE WHEN $5::integer IS NOT NULL THEN 200 END,
         coalesce($5, 30000)
       FROM unnest($1::uuid[]) id`,
      [
        Array.from({ length: count }, () => uuidV7(at)),
        attempts.webhookId ?? webhookId,
        trigger,
        outcome,
        ms,
      ],
    );
  };
  const read = (hours: number) => stats.read(fixtures.tenantId, webhookId, hours, NOW);

  it('are empty before its first attempt, for every hour', async () => {
    const none = {
      delivered: 0,
      failed: 0,
      interrupted: 0,
      successRate: null,
      responseTimeMs: null,
    };
    const read24 = await read(24);
    expect(read24).toMatchObject({ ...none, to: NOW });
    expect(read24.from.getTime()).toBe(THIS_HOUR - 24 * HOUR);
    expect(read24.hours).toHaveLength(25);
    for (const hour of read24.hours) expect(hour).toMatchObject(none);
  });

  it.each(['before', 'after', 'while'])(
    'count each attempt once, %s it is in the counts',
    async (when) => {
      await add({ at: THIS_HOUR - 3 * HOUR, count: 70 });
      await add({ at: THIS_HOUR - 3 * HOUR, count: 20, outcome: 'failed', ms: null });
      await add({ at: THIS_HOUR - HOUR, count: 5, outcome: 'interrupted', ms: null });
      await add({ at: THIS_HOUR - HOUR + 59 * MINUTE, count: 10 });
      await add({ at: NOW.getTime(), count: 3 });
      await add({ at: NOW.getTime() - 40 * 24 * HOUR, count: 9 });
      await add({ at: THIS_HOUR - HOUR, count: 2, trigger: 'test' });
      await add({ at: THIS_HOUR - HOUR, count: 4, webhookId: uuidV7() });
      const counting =
        when === 'before'
          ? []
          : [counter.count(), counter.count(), counter.count(), counter.count()];
      if (when === 'after') await Promise.all(counting);
      const { hours, ...all } = await read(24);
      expect(all).toMatchObject({
        delivered: 83,
        failed: 20,
        interrupted: 5,
        successRate: 83 / 103,
      });
      const busy = hours.filter((hour) => hour.delivered + hour.failed + hour.interrupted > 0);
      const expected = [
        { at: new Date(THIS_HOUR - 3 * HOUR), delivered: 70, failed: 20, successRate: 7 / 9 },
        { at: new Date(THIS_HOUR - HOUR), delivered: 10, interrupted: 5, successRate: 1 },
        { at: new Date(THIS_HOUR), delivered: 3, failed: 0 },
      ];
      expect(busy).toMatchObject(expected);
      await Promise.all(counting);
      expect(await read(24)).toEqual({ hours, ...all });
      expect(await read(1)).toMatchObject({ delivered: 13, failed: 0, interrupted: 5 });
    },
  );

  it('go on counting where they were, however often', async () => {
    for (let i = 5; i > 0; i--) {
      await add({ at: NOW.getTime() - i * 10 * MINUTE, count: i });
      await counter.count(new Date(NOW.getTime() - i * 10 * MINUTE + 5 * MINUTE));
      await counter.count(new Date(NOW.getTime() - i * 10 * MINUTE + 5 * MINUTE));
    }
    expect(await read(24)).toMatchObject({ delivered: 15 });
    const counted = await fixtures.sql('SELECT sum(attempts) AS sum FROM attempt_counts');
    expect(counted).toEqual([{ sum: 15 }]);
  });

  it('are cheap: what was counted once is not looked at again', async () => {
    await add({ at: THIS_HOUR - 3 * HOUR, count: 7 });
    await add({ at: THIS_HOUR - 2 * HOUR, count: 3, outcome: 'failed' });
    await counter.count();
    const counted = await read(24);
    await fixtures.sql('DELETE FROM attempts');
    expect(await read(24)).toEqual(counted);
    expect(counted).toMatchObject({ delivered: 7, failed: 3 });
  });

  it('tell response times to within 5 %, of attempts that were answered', async () => {
    for (let ms = 1; ms <= 1000; ms++) await add({ at: THIS_HOUR, ms });
    await add({ at: THIS_HOUR, count: 500, outcome: 'failed', ms: null });
    const { responseTimeMs } = await read(1);
    for (const [name, exact] of [
      ['p50', 500],
      ['p95', 950],
      ['p99', 990],
    ] as const) {
      expect(responseTimeMs![name]).toBeGreaterThan(exact * 0.95);
      expect(responseTimeMs![name]).toBeLessThan(exact * 1.05);
    }
    await add({ at: THIS_HOUR, count: 5000, ms: 0 });
    expect((await read(1)).responseTimeMs).toMatchObject({ p50: 1 });
  });

  it('have what a dispatcher records, at once', async () => {
    await fixtures.addDeliveries(webhookId, { count: 3 });
    const [one, two, three] = await fixtures.claim(webhookId);
    await fixtures.store.record([attemptOf(one!, DELIVERED), attemptOf(two!, DELIVERED)]);
    await fixtures.store.record([attemptOf(three!, FAILED)]);
    const now = new Date();
    expect(await stats.read(fixtures.tenantId, webhookId, 1, now)).toMatchObject({
      delivered: 2,
      failed: 1,
      successRate: 2 / 3,
      responseTimeMs: { p50: 4, p95: 4, p99: 4 },
    });
  });

  it('are counted until a moment that they tell, where many attempts of others are fresh', async () => {
    const now = new Date();
    const begin = now.getTime() - 100_000;
    await add({ at: begin });
    expect((await stats.read(fixtures.tenantId, webhookId, 1, now)).countedUntil).toEqual(now);
    const fresh = Array.from({ length: 20_000 }, (_, i) => uuidV7(begin + 1 + i));
    await fixtures.sql(
      `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
         request_headers, response_status, total_ms)
       SELECT id, id, $1, 1, 'scheduled', 'delivered', now(), '', '', '{}', 200, 100 FROM unnest($2::uuid[]) id`,
      [uuidV7(), fresh],
    );
    await add({ at: now.getTime(), count: 2 });
    expect(await stats.read(fixtures.tenantId, webhookId, 1, now)).toMatchObject({
      delivered: 1,
      countedUntil: new Date(begin + 10_000),
    });
  });

  it('are forgotten with the history', async () => {
    await add({ at: NOW.getTime() - 31 * 24 * HOUR });
    await add({ at: NOW.getTime() - 5 * 24 * HOUR });
    await counter.count();
    await new History(fixtures.db, 30).prune();
    const counted = await fixtures.sql('SELECT sum(attempts) AS sum FROM attempt_counts');
    expect(counted).toEqual([{ sum: 1 }]);
  });
});
