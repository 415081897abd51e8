import { uuidV7 } from '@schoolbell/ids';
import { DeliveryRepository, History, PostgresFallbackStore } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  attemptOf,
  AUTHOR,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
} from './delivery-fixtures.js';

// conformance/ has what any store promises.

const DAY = 86_400_000;

describe('an attempt at a fallback', () => {
  let fixtures: DeliveryFixtures;
  let store: PostgresFallbackStore;
  let webhookId: string;
  /** A dead letter after one attempt. */
  let id: string;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    store = new PostgresFallbackStore(fixtures.db);
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    webhookId = await fixtures.addWebhook({ fallbackUrl: 'https://fallback.example.com/' });
    [id] = (await fixtures.addDeliveries(webhookId)) as [string];
    await dies();
  });

  const dies = async () => {
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.store.record([attemptOf(claimed!, EXHAUSTED)]);
  };
  const claim = async () => {
    const slots = [{ webhookId, free: 8 }];
    return (await store.claim({ slots, limit: 8, leaseSeconds: 60 })).deliveries;
  };
  const sweep = () => store.webhooksWithDueDeliveries(1000);
  const fallback = async () =>
    (await fixtures.sql('SELECT * FROM fallbacks WHERE delivery_id = $1', [id]))[0];
  const leaseEnds = () =>
    fixtures.sql(`UPDATE fallbacks SET leased_until = now() - interval '1 second'`);
  const isDueAgain = () => fixtures.sql('UPDATE fallbacks SET due_at = now()');
  const attempts = async () =>
    (await fixtures.attempts(id)).map(({ number, trigger, outcome }) => [number, trigger, outcome]);
  const retryByHand = () =>
    new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, id, AUTHOR);

  it('leaves its delivery dead, which counts it if it was made', async () => {
    const [unused] = await claim();
    await store.release([{ claimed: unused!, sent: false }]);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'dead', attempt_count: 1 });
    const [claimed] = await claim();
    await store.record([attemptOf(claimed!, DELIVERED)]);
    expect(await attempts()).toEqual([
      [1, 'scheduled', 'failed'],
      [2, 'fallback', 'delivered'],
    ]);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'dead', attempt_count: 2 });
  });

  it('that a dispatcher of the version before left behind, without a number, gets the next', async () => {
    await claim();
    const leftBehind = `UPDATE fallbacks SET attempt_number = NULL WHERE delivery_id = $1`;
    await fixtures.sql(leftBehind, [id]);
    await fixtures.sql('UPDATE deliveries SET attempt_count = 1 WHERE id = $1', [id]);
    await leaseEnds();
    const [again] = await claim();
    expect(again).toMatchObject({ attemptNumber: 3 });
    expect((await attempts()).at(-1)).toEqual([2, 'fallback', 'interrupted']);

    await fixtures.sql(leftBehind, [id]);
    await retryByHand();
    await leaseEnds();
    await sweep();
    expect(await fallback()).toMatchObject({ status: 'discarded' });
    expect((await attempts()).at(-1)).toEqual([4, 'fallback', 'interrupted']);
  });

  it('and one of the dead letter that is retried by hand meanwhile have numbers of their own', async () => {
    const [underWay] = await claim();
    expect(await retryByHand()).toMatchObject({ kind: 'retried' });
    const [byHand] = await fixtures.claim(webhookId);
    expect([underWay!.attemptNumber, byHand!.attemptNumber]).toEqual([2, 3]);
    await store.record([attemptOf(underWay!, FAILED)]);
    await fixtures.store.record([attemptOf(byHand!, DELIVERED)]);
    expect(await attempts()).toEqual([
      [1, 'scheduled', 'failed'],
      [2, 'fallback', 'failed'],
      [3, 'manual', 'delivered'],
    ]);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'delivered', attempt_count: 3 });
    await isDueAgain();
    expect(await claim()).toEqual([]);
    await sweep();
    expect(await fallback()).toMatchObject({ status: 'discarded' });
  });

  it('that was cut off is in the history also when the dead letter was retried meanwhile', async () => {
    await claim();
    await retryByHand();
    await leaseEnds();
    await sweep();
    expect((await attempts()).at(-1)).toEqual([2, 'fallback', 'interrupted']);
    expect(await fallback()).toMatchObject({ status: 'discarded' });
  });

  it('begins a cycle of its own when the delivery is retried and dies again', async () => {
    const [first] = await claim();
    await store.record([attemptOf(first!, EXHAUSTED)]);
    await retryByHand();
    await dies();
    expect(await fallback()).toMatchObject({ status: 'pending', cycle_failures: 0 });
    expect(await claim()).toMatchObject([{ attemptNumber: 4, cycleFailures: 0 }]);
  });

  it('is recorded, and no other follows, when the fallbackUrl is removed meanwhile', async () => {
    const [claimed] = await claim();
    await fixtures.sql('UPDATE webhooks SET fallback_url = NULL WHERE id = $1', [webhookId]);
    await store.record([attemptOf(claimed!, FAILED)]);
    expect((await attempts()).at(-1)).toEqual([2, 'fallback', 'failed']);
    await isDueAgain();
    expect(await claim()).toEqual([]);
    expect((await store.webhooksForSending([webhookId])).readable).toEqual([]);
    await sweep();
    expect(await fallback()).toMatchObject({ status: 'discarded' });
    expect(await sweep()).not.toContain(webhookId);
  });

  it('is pruned with its delivery, not before', async () => {
    const old = uuidV7(Date.now() - 50 * DAY);
    await fixtures.sql(
      `INSERT INTO fallbacks (delivery_id, webhook_id, due_at, status)
       VALUES ($1, $2, now() - interval '50 days', 'delivered')`,
      [old, webhookId],
    );
    await fixtures.sql(`UPDATE fallbacks SET due_at = now() - interval '40 days'`);
    await new History(fixtures.db, 30).prune();
    const left = await fixtures.sql('SELECT delivery_id FROM fallbacks');
    expect(left.map((row) => row.delivery_id)).toContain(id);
    expect(left.map((row) => row.delivery_id)).not.toContain(old);
  });
});
