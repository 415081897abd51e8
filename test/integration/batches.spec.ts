import { MOST_INTERRUPTIONS, type AttemptRecord, type ClaimedDelivery } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import {
  DeliveryRepository,
  OperationRepository,
  OperationSteps,
  PostgresBatchStore,
  PostgresEventIntake,
  WebhookRepository,
} from '@schoolbell/persistence';
import { describe, expect } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import {
  AUTHOR,
  attemptOf,
  DELIVERED,
  deliveryTest,
  EXHAUSTED,
  FAILED,
  GONE,
  TIMED_OUT,
  type DeliveryFixtures,
  type NewWebhook,
} from './delivery-fixtures.js';

// conformance/ has what any store promises.

const SPLIT = { kind: 'split', error: TIMED_OUT } as const;

interface NewEvent {
  type?: string;
  sessionId?: string;
  payload?: string;
  occurredAt?: Date;
}

/** A webhook that sends batches, with short ways to fill them. */
class Collector {
  webhookId!: string;
  readonly store: PostgresBatchStore;

  constructor(readonly fixtures: DeliveryFixtures) {
    this.store = new PostgresBatchStore(fixtures.db);
  }

  async add(delivery: Record<string, unknown> = {}, settings: NewWebhook = {}): Promise<this> {
    this.webhookId = await this.fixtures.addWebhook({
      eventTypes: ['*'],
      packageIds: [uuidV7()],
      autoPauseAfter: 0,
      ...settings,
      delivery: { mode: 'batch', maxEvents: 3, intervalSeconds: 60, ...delivery },
    });
    return this;
  }

  /** @returns the ids of the webhook's deliveries, in the order of the events */
  async accept(events: readonly NewEvent[]): Promise<string[]> {
    const { package_ids: packageIds } = await this.fixtures.webhook(this.webhookId);
    const incoming = events.map(({ type = 'session.completed', payload = '{}', ...event }) => ({
      id: uuidV7(),
      tenantId: this.fixtures.tenantId,
      type,
      payload,
      occurredAt: event.occurredAt ?? new Date(),
      subject: { packageId: packageIds[0], ...(event.sessionId && { sessionId: event.sessionId }) },
    }));
    await new PostgresEventIntake(this.fixtures.db).accept(incoming);
    const rows = await this.fixtures.sql(
      `SELECT d.id FROM unnest($1::uuid[]) WITH ORDINALITY AS e (id, n)
       JOIN deliveries d ON d.event_id = e.id AND d.webhook_id = $2 ORDER BY e.n`,
      [incoming.map(({ id }) => id), this.webhookId],
    );
    return rows.map(({ id }) => id);
  }

  async completes(times: number): Promise<string[]> {
    return this.accept(Array.from({ length: times }, () => ({})));
  }

  async look(free = 8) {
    const slots = [{ webhookId: this.webhookId, free }];
    return this.store.claim({ slots, limit: 100, leaseSeconds: 60 });
  }

  async claim(free?: number): Promise<ClaimedDelivery[]> {
    return (await this.look(free)).deliveries;
  }

  /** As a dispatcher does, which keeps claiming while there is more. */
  async claimAll(): Promise<ClaimedDelivery[]> {
    const claimed: ClaimedDelivery[] = [];
    for (;;) {
      const { deliveries, withMore } = await this.look();
      claimed.push(...deliveries);
      if (withMore.length === 0) return claimed;
    }
  }

  async ends(claimed: ClaimedDelivery, verdict: AttemptRecord['verdict'], changes = {}) {
    return this.store.record([attemptOf(claimed, verdict, changes)]);
  }

  async intervalPasses(): Promise<void> {
    await this.fixtures.sql(
      `UPDATE due_deliveries SET due_at = due_at - interval '1 hour' WHERE webhook_id = $1`,
      [this.webhookId],
    );
    // A claim only looks at what became due since its last look; a sweep finds the rest.
    await this.store.webhooksWithDueDeliveries(1000);
  }

  async retryIsDue(): Promise<void> {
    await this.fixtures.sql('UPDATE batches SET due_at = now() WHERE webhook_id = $1', [
      this.webhookId,
    ]);
  }

  async statuses(ids: readonly string[]): Promise<string[]> {
    return Promise.all(ids.map(async (id) => (await this.fixtures.delivery(id)).status));
  }

  async changes(delivery: Record<string, unknown>): Promise<void> {
    await this.fixtures.sql(
      `UPDATE webhooks SET delivery = $2, version = version + 1 WHERE id = $1`,
      [this.webhookId, JSON.stringify(delivery)],
    );
  }

  async history(id: string) {
    return new DeliveryRepository(this.fixtures.db).history(this.fixtures.tenantId, id);
  }

  async retryByHand(id: string) {
    return new DeliveryRepository(this.fixtures.db).retry(this.fixtures.tenantId, id, AUTHOR);
  }
}

const test = deliveryTest.extend('collector', async ({ fixtures }) => new Collector(fixtures));

function idsIn(batch: ClaimedDelivery | undefined): string[] {
  return batch?.members?.map(({ deliveryId }) => deliveryId) ?? [];
}

describe('a batch is sent', () => {
  test('when as many deliveries as it may have are there, oldest first', async ({ collector }) => {
    await collector.add();
    const two = await collector.completes(2);
    expect(await collector.claim()).toEqual([]);
    const two_more = await collector.completes(2);
    const [batch, ...others] = await collector.claimAll();
    expect(others).toEqual([]);
    expect(idsIn(batch)).toEqual([...two, two_more[0]]);
    expect(batch!.event).toEqual(batch!.members![0]!.event);
    expect(await collector.fixtures.claim(collector.webhookId)).toEqual([]);
  });

  test('when the oldest has waited for the interval, and it is known to the moment when', async ({
    collector,
  }) => {
    await collector.add();
    const ids = await collector.completes(2);
    const { deliveries, collecting } = await collector.look();
    expect(deliveries).toEqual([]);
    expect(collecting).toMatchObject([{ webhookId: collector.webhookId }]);
    expect(collecting![0]!.againInMs).toBeGreaterThan(50_000);
    expect(collecting![0]!.againInMs).toBeLessThanOrEqual(60_000);
    expect(await collector.store.webhooksWithDueDeliveries(1000)).not.toContain(
      collector.webhookId,
    );
    await collector.intervalPasses();
    expect(await collector.store.webhooksWithDueDeliveries(1000)).toContain(collector.webhookId);
    expect((await collector.claim()).map(idsIn)).toEqual([ids]);
  });

  test('one after the other, as many as there are', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(10);
    const batches = await collector.claimAll();
    expect(batches.map(idsIn)).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6, 9)]);
    expect(new Set(batches.map(({ id }) => id)).size).toBe(3);
  });

  test('with at most a megabyte, and the rest is in the next', async ({ collector }) => {
    await collector.add({ maxEvents: 10 });
    const payload = JSON.stringify({ text: 'x'.repeat(300 * 1024) });
    const ids = await collector.accept(Array.from({ length: 5 }, () => ({ payload })));
    await collector.intervalPasses();
    expect((await collector.claimAll()).map(idsIn)).toEqual([ids.slice(0, 3), ids.slice(3)]);
  });

  test('with one event that is larger than that alone', async ({ collector }) => {
    await collector.add({ maxEvents: 10 });
    const payload = JSON.stringify({ text: 'x'.repeat(1100 * 1024) });
    const ids = await collector.accept([{ payload }, {}]);
    await collector.intervalPasses();
    expect((await collector.claimAll()).map(idsIn)).toEqual([[ids[0]], [ids[1]]]);
  });

  test('with events of one type only, where the format asks for it', async ({ collector }) => {
    await collector.add({ sameType: true });
    const [a, b] = ['session.completed', 'session.started'];
    const ids = await collector.accept([a, b, a, b, b, a].map((type) => ({ type })));
    const batches = (await collector.claimAll()).map(idsIn);
    const places = batches.map((batch) => batch.map((id) => ids.indexOf(id)));
    expect(places.toSorted()).toEqual([
      [0, 2, 5],
      [1, 3, 4],
    ]);
  });

  test('by one of five dispatchers, so that nothing is sent twice', async ({ collector }) => {
    await collector.add({ maxEvents: 10 });
    const ids = await collector.completes(400);
    const claimed: string[] = [];
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        const store = new PostgresBatchStore(collector.fixtures.openAnother());
        const slots = [{ webhookId: collector.webhookId, free: 4 }];
        for (let misses = 0; misses < 20;) {
          const { deliveries } = await store.claim({ slots, limit: 100, leaseSeconds: 60 });
          misses = deliveries.length === 0 ? misses + 1 : 0;
          for (const batch of deliveries) claimed.push(...idsIn(batch));
          await store.record(deliveries.map((batch) => attemptOf(batch, DELIVERED)));
        }
      }),
    );
    expect(claimed.toSorted()).toEqual(ids.toSorted());
    expect(new Set(await collector.statuses(ids))).toEqual(new Set(['delivered']));
  });

  test('to each of more webhooks than one claim has batches for, before any gets a second', async ({
    collector,
  }) => {
    const webhookIds: string[] = [];
    for (let i = 0; i < 45; i++) {
      await collector.add({ maxEvents: 1 });
      await collector.completes(2);
      webhookIds.push(collector.webhookId);
    }
    const served: string[] = [];
    for (let waiting = webhookIds; waiting.length > 0;) {
      const slots = waiting.map((webhookId) => ({ webhookId, free: 1 }));
      const { deliveries, withMore } = await collector.store.claim({
        slots,
        limit: 100,
        leaseSeconds: 60,
      });
      served.push(...deliveries.map(({ webhookId }) => webhookId));
      waiting = withMore;
    }
    expect(served).toHaveLength(2 * webhookIds.length);
    expect(served.slice(0, webhookIds.length).toSorted()).toEqual(webhookIds.toSorted());
  });

  test('at the rate of its webhook, of which it takes one slot', async ({ collector }) => {
    await collector.add({}, { rateLimit: 2 });
    await collector.completes(12);
    await collector.fixtures.addDeliveries(collector.webhookId, { count: 3 });
    expect(await collector.claim()).toHaveLength(1);
    const { deliveries, paced } = await collector.look();
    expect(deliveries).toEqual([]);
    expect(paced).toMatchObject([{ webhookId: collector.webhookId }]);
    expect(await collector.fixtures.claim(collector.webhookId)).toEqual([]);
  });

  test('at the rate that its receiver lets through', async ({ collector }) => {
    await collector.add();
    await collector.fixtures.sql('UPDATE webhooks SET consented_rate = 60 WHERE id = $1', [
      collector.webhookId,
    ]);
    await collector.completes(12);
    expect(await collector.claim()).toHaveLength(1);
    const { deliveries, paced } = await collector.look();
    expect(deliveries).toEqual([]);
    expect(paced).toMatchObject([{ webhookId: collector.webhookId }]);
  });
});

describe('an attempt at a batch', () => {
  test('that fails is repeated with the very same members, however many have come since', async ({
    collector,
  }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [first] = await collector.claim();
    await collector.ends(first!, FAILED);
    await collector.completes(2);
    await collector.retryIsDue();
    const [second, ...others] = await collector.claim();
    expect(others).toEqual([]);
    expect(second).toMatchObject({ id: first!.id, attemptNumber: 2, cycleFailures: 1 });
    expect(second!.members).toEqual(first!.members);
    for (const id of ids) {
      expect(await collector.fixtures.delivery(id)).toMatchObject({
        status: 'waiting',
        attempt_count: 1,
        last_error_code: 'timeout',
        next_attempt_at: expect.any(Date),
      });
    }
    await collector.ends(second!, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
    for (const id of ids) expect(await collector.fixtures.due(id)).toBeUndefined();
  });

  test('is one row of history, which each of its deliveries shows', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [first] = await collector.claim();
    await collector.ends(first!, FAILED);
    await collector.retryIsDue();
    const [second] = await collector.claim();
    await collector.ends(second!, DELIVERED);
    expect(await collector.fixtures.attempts(first!.id)).toHaveLength(2);
    for (const id of ids) {
      const history = await collector.history(id);
      expect(history).toMatchObject({
        delivery: { status: 'delivered', attemptCount: 2 },
        attempts: [
          { number: 1, outcome: 'failed', batch: { id: first!.id } },
          { number: 2, outcome: 'delivered', batch: { id: first!.id } },
        ],
      });
      const members = first!.members!.map(({ event, ...member }) => ({
        ...member,
        event: { ...event, erasedAt: null },
      }));
      expect(history!.attempts[0]!.batch!.members).toEqual(members);
    }
  });

  test('that fails counts once for the pause, and 410 ends all of it', async ({ collector }) => {
    await collector.add({}, { autoPauseAfter: 3 });
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    expect(await collector.ends(batch!, FAILED)).toMatchObject({ paused: [] });
    expect(await collector.fixtures.webhook(collector.webhookId)).toMatchObject({
      consecutive_failures: 1,
    });
    await collector.retryIsDue();
    const [again] = await collector.claim();
    const report = await collector.ends(again!, GONE);
    expect(report.paused).toEqual([{ webhookId: collector.webhookId, reason: 'gone' }]);
    expect(await collector.statuses(ids)).toEqual(['dead', 'dead', 'dead']);
  });

  test('that is the last one makes a dead letter of each delivery, with its event and fallback', async ({
    collector,
  }) => {
    await collector.add({}, { fallbackUrl: 'https://fallback.example.com/' });
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    expect(await collector.ends(batch!, EXHAUSTED)).toMatchObject({
      operationalEvents: true,
      fallbacksBegun: [collector.webhookId],
    });
    for (const id of ids) {
      expect(await collector.fixtures.delivery(id)).toMatchObject({
        status: 'dead',
        attempt_count: 1,
        dead_at: expect.any(Date),
      });
    }
    const { fixtures } = collector;
    const fallbacks = await fixtures.sql(
      'SELECT delivery_id FROM fallbacks WHERE delivery_id = ANY ($1)',
      [ids],
    );
    expect(fallbacks).toHaveLength(3);
    const told = await fixtures.sql(
      `SELECT payload::json->>'attempts' AS attempts FROM events
       WHERE type = 'delivery.dead' AND payload LIKE '%' || type_id('wh', $1) || '%'`,
      [collector.webhookId],
    );
    expect(told).toEqual([{ attempts: '1' }, { attempts: '1' }, { attempts: '1' }]);
  });

  test('that says that one event spoils it is followed by two halves, in order, and counts for nothing', async ({
    collector,
  }) => {
    await collector.add({ maxEvents: 5 }, { autoPauseAfter: 1 });
    const ids = await collector.completes(5);
    const [batch] = await collector.claim();
    expect(await collector.ends(batch!, SPLIT)).toMatchObject({ paused: [], lost: [] });
    const halves = await collector.claim();
    expect(halves.map(idsIn).toSorted((a, b) => b.length - a.length)).toEqual([
      ids.slice(0, 3),
      ids.slice(3),
    ]);
    expect(halves).toMatchObject([{ cycleFailures: 0 }, { cycleFailures: 0 }]);
    for (const half of halves) await collector.ends(half, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
    expect((await collector.history(ids[4]!))!.attempts).toMatchObject([
      { number: 1, outcome: 'failed', batch: { id: batch!.id } },
      { number: 2, outcome: 'delivered' },
    ]);
  });

  test('of one delivery has no halves: to split it is a bug', async ({ collector }) => {
    await collector.add();
    await collector.completes(1);
    await collector.intervalPasses();
    const [batch] = await collector.claim();
    await expect(collector.ends(batch!, SPLIT)).rejects.toThrow('cannot be split');
  });
});

describe('a delivery leaves its batch, which is then a new one of the rest,', () => {
  const failedOnce = async (collector: Collector) => {
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    await collector.ends(batch!, FAILED);
    return { ids, batch: batch! };
  };

  test('when it is retried by hand, and goes alone', async ({ collector }) => {
    await collector.add();
    const { ids, batch } = await failedOnce(collector);
    expect(await collector.retryByHand(ids[1]!)).toMatchObject({ kind: 'retried' });
    expect(await collector.claim()).toEqual([]);
    const [alone] = await collector.fixtures.claim(collector.webhookId);
    expect(alone).toMatchObject({ id: ids[1], trigger: 'manual', attemptNumber: 2 });
    await collector.intervalPasses();
    const [rest] = await collector.claimAll();
    expect(idsIn(rest)).toEqual([ids[0], ids[2]]);
    expect(rest).toMatchObject({ attemptNumber: 1, cycleFailures: 0 });
    expect(rest!.id).not.toBe(batch.id);
    await collector.ends(rest!, DELIVERED);
    await collector.fixtures.store.record([attemptOf(alone!, DELIVERED)]);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
    const { attempts } = (await collector.history(ids[1]!))!;
    expect(attempts).toMatchObject([
      { number: 1, trigger: 'scheduled', batch: { id: batch.id } },
      { number: 2, trigger: 'manual', batch: null },
    ]);
  });

  test('not while an attempt is under way: that is the retry', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    expect(await collector.retryByHand(ids[0]!)).toMatchObject({ kind: 'retried' });
    expect(await collector.fixtures.claim(collector.webhookId)).toEqual([]);
    await collector.ends(batch!, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
  });

  test('not while somebody deletes it, who may undo that', async ({ collector }) => {
    await collector.add();
    const { ids, batch } = await failedOnce(collector);
    await collector.retryIsDue();
    const deletion = await collector.fixtures.db.intakePool.connect();
    await deletion.query('BEGIN');
    await deletion.query('DELETE FROM due_deliveries WHERE delivery_id = $1', [ids[0]]);
    expect(await collector.claim()).toEqual([]);
    await deletion.query('ROLLBACK');
    deletion.release();
    const [again] = await collector.claim();
    expect(again).toMatchObject({ id: batch.id, attemptNumber: 2 });
    expect(idsIn(again)).toEqual(ids);
  });

  test('when it is still collected, and goes alone too', async ({ collector }) => {
    await collector.add();
    const [id] = await collector.completes(1);
    await collector.retryByHand(id!);
    expect(await collector.fixtures.claim(collector.webhookId)).toMatchObject([
      { id, attemptNumber: 1 },
    ]);
  });

  test('when it was dead and is sent again by hand', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    await collector.ends(batch!, EXHAUSTED);
    await collector.retryByHand(ids[2]!);
    expect(await collector.fixtures.claim(collector.webhookId)).toMatchObject([
      { id: ids[2], attemptNumber: 2 },
    ]);
  });

  test('when what is held is discarded', async ({ collector }) => {
    await collector.add();
    const { ids } = await failedOnce(collector);
    const waiting = await collector.completes(1);
    const webhooks = new WebhookRepository(collector.fixtures.db);
    await webhooks.pause(AN_AUTHOR, collector.fixtures.tenantId, collector.webhookId);
    await collector.retryIsDue();
    expect(await collector.claim()).toEqual([]);
    await collector.fixtures.resume(collector.webhookId, 'discard');
    expect(await collector.claimAll()).toEqual([]);
    expect(await collector.statuses([...ids, ...waiting])).toEqual(Array(4).fill('discarded'));
  });

  test('but not by a discard while its attempt is under way, whose outcome counts', async ({
    collector,
  }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    const webhooks = new WebhookRepository(collector.fixtures.db);
    await webhooks.pause(AN_AUTHOR, collector.fixtures.tenantId, collector.webhookId);
    await collector.fixtures.resume(collector.webhookId, 'discard');
    await collector.ends(batch!, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
  });

  test('when its webhook was paused and resumed', async ({ collector }) => {
    await collector.add();
    const { ids, batch } = await failedOnce(collector);
    const webhooks = new WebhookRepository(collector.fixtures.db);
    await webhooks.pause(AN_AUTHOR, collector.fixtures.tenantId, collector.webhookId);
    await collector.fixtures.resume(collector.webhookId, 'send');
    await collector.retryIsDue();
    const [anew] = await collector.claimAll();
    expect(idsIn(anew)).toEqual(ids);
    expect(anew!.id).not.toBe(batch.id);
  });

  test('when attempts were cut off five times in a row: each is tried alone, and the one that is to blame dies alone', async ({
    collector,
  }) => {
    const { fixtures } = await collector.add();
    const [poison, ...others] = await collector.completes(3);
    for (let i = 0; i < MOST_INTERRUPTIONS; i++) {
      await collector.store.webhooksWithDueDeliveries(1000);
      expect(await collector.claim()).toHaveLength(1);
      await fixtures.sql(`UPDATE batches SET leased_until = now() - interval '1 second'`);
    }
    expect(await collector.claimAll()).toEqual([]);
    await fixtures.store.webhooksWithDueDeliveries(1000);
    const alone = await fixtures.claim(collector.webhookId);
    expect(alone.map(({ attemptNumber }) => attemptNumber)).toEqual([6, 6, 6]);
    const sound = alone.filter(({ id }) => id !== poison);
    await fixtures.record(sound.map((delivery) => attemptOf(delivery, DELIVERED)));
    for (let i = 0; i < MOST_INTERRUPTIONS; i++) {
      await fixtures.endLeases();
      await fixtures.store.webhooksWithDueDeliveries(1000);
      await fixtures.claim(collector.webhookId);
    }
    expect(await collector.statuses([poison!, ...others])).toEqual([
      'dead',
      ...others.map(() => 'delivered'),
    ]);
  });

  test('when its event was pruned, and dies alone', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(3);
    await collector.fixtures.pruneEventOf(ids[0]!);
    await collector.intervalPasses();
    const [batch] = await collector.claimAll();
    expect(idsIn(batch)).toEqual(ids.slice(1));
    expect(await collector.fixtures.claim(collector.webhookId)).toEqual([]);
    expect(await collector.fixtures.delivery(ids[0]!)).toMatchObject({
      status: 'dead',
      last_error_code: 'unsendable',
    });
  });
});

describe('of a batch that was not sent yet', () => {
  const sift = (collector: Collector, claimed: ClaimedDelivery, places: number[]) => {
    const [first, ...others] = places.map((place) => claimed.members![place]!);
    const away = { ...claimed, members: [first!, ...others] as const };
    return collector.store.discard([{ claimed: away, reason: 'filtered' }]);
  };

  test('what its webhook turns away is discarded, and the rest is sent again and again', async ({
    collector,
  }) => {
    await collector.add({ maxEvents: 4 });
    const ids = await collector.completes(4);
    const [batch] = await collector.claim();
    await sift(collector, batch!, [0, 2]);
    await collector.ends(batch!, FAILED);
    await collector.retryIsDue();
    const [again] = await collector.claim();
    expect(again).toMatchObject({ id: batch!.id, attemptNumber: 2 });
    expect(idsIn(again)).toEqual([ids[1], ids[3]]);
    await collector.ends(again!, SPLIT);
    const halves = await collector.claim();
    expect(halves.map(idsIn).toSorted()).toEqual([[ids[1]], [ids[3]]].toSorted());
    expect(await collector.statuses(ids)).toEqual(['discarded', 'waiting', 'discarded', 'waiting']);
    expect(await collector.fixtures.delivery(ids[0]!)).toMatchObject({
      discard_reason: 'filtered',
      attempt_count: 0,
    });
  });

  test('nothing is left when its webhook turns away all of it', async ({ collector }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    await sift(collector, batch!, [0, 1, 2]);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'discarded'));
    expect(await collector.ends(batch!, FAILED)).toMatchObject({ lost: [batch!.id] });
    await collector.retryIsDue();
    expect(await collector.claimAll()).toEqual([]);
  });
});

describe('a webhook that collects deliveries', () => {
  test('sends them one by one when it is told to send no batches any more', async ({
    collector,
  }) => {
    await collector.add();
    const failed = await collector.completes(3);
    const [batch] = await collector.claim();
    await collector.ends(batch!, FAILED);
    const waiting = await collector.completes(2);
    await collector.changes({ mode: 'single' });
    expect(await collector.claim()).toEqual([]);
    expect(await collector.store.webhooksWithDueDeliveries(1000)).not.toContain(
      collector.webhookId,
    );
    await collector.fixtures.store.webhooksWithDueDeliveries(1000);
    const claimed = await collector.fixtures.claim(collector.webhookId);
    expect(claimed.map(({ id }) => id).toSorted()).toEqual([...failed, ...waiting].toSorted());
    const numbers = new Map(claimed.map(({ id, attemptNumber }) => [id, attemptNumber]));
    expect([numbers.get(failed[0]!), numbers.get(waiting[0]!)]).toEqual([2, 1]);
  });

  test('waits for no other to be done with its own when it is told so', async ({ collector }) => {
    await collector.add({ maxEvents: 100 });
    await collector.completes(1001);
    await collector.changes({ mode: 'single' });
    await collector.add();
    const [waiting] = await collector.completes(1);
    await collector.changes({ mode: 'single' });
    await collector.store.webhooksWithDueDeliveries(1000);
    await collector.fixtures.store.webhooksWithDueDeliveries(1000);
    expect(await collector.fixtures.claim(collector.webhookId)).toMatchObject([{ id: waiting }]);
  });

  test('discards them when it is deleted, and keeps what an attempt under way says', async ({
    collector,
  }) => {
    await collector.add();
    const sent = await collector.completes(3);
    const [batch] = await collector.claim();
    const waiting = await collector.completes(2);
    await new WebhookRepository(collector.fixtures.db).delete(
      AN_AUTHOR,
      collector.fixtures.tenantId,
      collector.webhookId,
    );
    expect(await collector.ends(batch!, EXHAUSTED)).toMatchObject({ operationalEvents: false });
    await collector.store.webhooksWithDueDeliveries(1000);
    expect(await collector.statuses([...sent, ...waiting])).toEqual(Array(5).fill('discarded'));
    expect((await collector.history(sent[0]!))!.attempts).toMatchObject([{ outcome: 'failed' }]);
    const due = await collector.fixtures.sql('SELECT FROM due_deliveries WHERE webhook_id = $1', [
      collector.webhookId,
    ]);
    expect(due).toEqual([]);
  });

  test('shows when each goes at the latest, and then when its batch is tried again', async ({
    collector,
  }) => {
    await collector.add({ maxEvents: 2, intervalSeconds: 600 });
    const [id] = await collector.completes(1);
    const waitMs = async () => {
      const { delivery } = (await collector.history(id!))!;
      return delivery.nextAttemptAt!.getTime() - delivery.createdAt.getTime();
    };
    expect(await waitMs()).toBeCloseTo(600_000, -3);
    await collector.completes(1);
    const [batch] = await collector.claim();
    expect(await waitMs()).toBeLessThan(1000);
    await collector.ends(batch!, FAILED);
    expect(await waitMs()).toBeLessThan(60_000);
    expect(await waitMs()).toBeGreaterThan(29_000);
  });

  test('has nothing left that waits in a batch once it is deleted', async ({ collector }) => {
    await collector.add();
    await collector.completes(3);
    const [batch] = await collector.claim();
    await collector.ends(batch!, FAILED);
    await collector.fixtures.deleteWebhook(collector.webhookId);
    await collector.retryIsDue();
    await collector.store.webhooksWithDueDeliveries(1000);
    const [{ status }] = await collector.fixtures.sql('SELECT status FROM batches WHERE id = $1', [
      batch!.id,
    ]);
    expect(status).toBe('discarded');
    const statuses = await collector.statuses(idsIn(batch));
    expect(statuses).toEqual(['discarded', 'discarded', 'discarded']);
  });

  test('gets what is replayed in batches too, and dead letters that are retried in bulk one by one', async ({
    collector,
  }) => {
    await collector.add();
    const ids = await collector.completes(3);
    const [batch] = await collector.claim();
    await collector.ends(batch!, EXHAUSTED);
    const { fixtures, webhookId } = collector;
    const operations = new OperationRepository(fixtures.db);
    const work = async () => {
      const steps = new OperationSteps(fixtures.db);
      while (await steps.next()) continue;
    };
    const range = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
    const { package_ids: packageIds } = await fixtures.webhook(webhookId);
    const scopes = { packageIds, dispatchIds: [] };
    await operations.startReplay(
      fixtures.tenantId,
      {
        ...range,
        ...scopes,
        webhookId,
        onlyMissing: true,
      },
      AUTHOR,
    );
    await work();
    expect(await fixtures.claim(webhookId)).toEqual([]);
    const [again] = await collector.claim();
    expect(idsIn(again)).toEqual(ids);
    await collector.ends(again!, EXHAUSTED);
    await operations.startForDeadLetters(fixtures.tenantId, 'retry', { webhookId }, AUTHOR);
    await work();
    expect(await fixtures.claim(webhookId)).toHaveLength(3);
  });

  test('gets its operational events in batches too', async ({ collector }) => {
    await collector.add({}, { packageIds: [], eventTypes: ['delivery.dead'] });
    const { fixtures } = collector;
    const other = await fixtures.addWebhook({ autoPauseAfter: 0 });
    await fixtures.addDeliveries(other, { count: 3 });
    const claimed = await fixtures.claim(other);
    await fixtures.record(claimed.map((delivery) => attemptOf(delivery, EXHAUSTED)));
    await fixtures.fanOut();
    expect(await fixtures.claim(collector.webhookId)).toEqual([]);
    expect(idsIn((await collector.claim())[0])).toHaveLength(3);
    await fixtures.deleteWebhook(collector.webhookId);
  });
});

describe('where a webhook coalesces', () => {
  const progress = (sessionId: string) => ({ type: 'session.progress', sessionId });

  test('only the newest progress of each session goes; the others are delivered by it, and say so', async ({
    collector,
  }) => {
    await collector.add({ coalesce: true, maxEvents: 5 });
    const ids = await collector.accept([
      progress('one'),
      progress('two'),
      progress('one'),
      { sessionId: 'one' },
      progress('one'),
      { type: 'session.progress' },
      { sessionId: 'one' },
    ]);
    const [batch] = await collector.claim();
    const goes = [ids[1], ids[3], ids[4], ids[5], ids[6]];
    expect(idsIn(batch)).toEqual(goes);
    await collector.ends(batch!, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'delivered'));
    for (const id of ids) {
      const { delivery, attempts } = (await collector.history(id))!;
      const passedOver = id === ids[0] || id === ids[2];
      expect(delivery.coalescedInto).toBe(passedOver ? ids[4] : null);
      expect([delivery.attemptCount, attempts.length]).toEqual(passedOver ? [0, 0] : [1, 1]);
    }
  });

  test('progress of a single session does not fill a batch: the last of the interval goes', async ({
    collector,
  }) => {
    await collector.add({ coalesce: true });
    const ids = await collector.accept(Array.from({ length: 9 }, () => progress('one')));
    expect(await collector.claim()).toEqual([]);
    await collector.intervalPasses();
    const [batch] = await collector.claimAll();
    expect(idsIn(batch)).toEqual([ids[8]]);
    await collector.ends(batch!, EXHAUSTED);
    expect(await collector.statuses(ids)).toEqual(ids.map(() => 'dead'));
  });

  test('newest is what occurred last, not what was reported last', async ({ collector }) => {
    await collector.add({ coalesce: true });
    const ids = await collector.accept([
      { ...progress('one'), occurredAt: new Date('2026-05-05T05:05:05Z') },
      { ...progress('one'), occurredAt: new Date('2026-05-05T05:05:04Z') },
    ]);
    await collector.intervalPasses();
    expect((await collector.claim()).map(idsIn)).toEqual([[ids[0]]]);
  });

  test('what was passed over shares each half of a batch that is split', async ({ collector }) => {
    await collector.add({ coalesce: true, maxEvents: 2 });
    const ids = await collector.accept([
      progress('one'),
      progress('one'),
      progress('two'),
      progress('two'),
    ]);
    const [batch] = await collector.claim();
    expect(idsIn(batch)).toEqual([ids[1], ids[3]]);
    await collector.ends(batch!, SPLIT);
    const halves = await collector.claim();
    const [first, second] = [ids[1], ids[3]].map((id) =>
      halves.find((half) => idsIn(half)[0] === id),
    );
    await collector.ends(first!, DELIVERED);
    await collector.ends(second!, EXHAUSTED);
    expect(await collector.statuses(ids)).toEqual(['delivered', 'delivered', 'dead', 'dead']);
  });

  test('what was passed over can be sent by hand, and the batch goes on without it', async ({
    collector,
  }) => {
    await collector.add({ coalesce: true, maxEvents: 2 });
    const ids = await collector.accept([progress('one'), progress('one'), {}]);
    const [batch] = await collector.claim();
    await collector.ends(batch!, FAILED);
    await collector.retryByHand(ids[0]!);
    const [alone] = await collector.fixtures.claim(collector.webhookId);
    expect(alone).toMatchObject({ id: ids[0], attemptNumber: 1 });
    await collector.retryIsDue();
    const [again] = await collector.claim();
    expect(again).toMatchObject({ id: batch!.id });
    await collector.ends(again!, DELIVERED);
    expect(await collector.statuses(ids)).toEqual(['waiting', 'delivered', 'delivered']);
    await collector.fixtures.store.record([attemptOf(alone!, DELIVERED)]);
    expect((await collector.history(ids[0]!))!.delivery.coalescedInto).toBeNull();
  });

  test('what was passed over goes by itself when what went instead has left the batch', async ({
    collector,
  }) => {
    await collector.add({ coalesce: true, maxEvents: 2 });
    const ids = await collector.accept([progress('one'), progress('one'), {}]);
    const [batch] = await collector.claim();
    await collector.ends(batch!, FAILED);
    await collector.retryByHand(ids[1]!);
    await collector.intervalPasses();
    expect((await collector.claimAll()).map(idsIn)).toEqual([[ids[0], ids[2]]]);
  });
});
