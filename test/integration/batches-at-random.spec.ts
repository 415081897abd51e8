import { type AttemptRecord, type ClaimedDelivery, type DeliveryStore } from '@schoolbell/delivery';
import {
  DeliveryRepository,
  PostgresBatchStore,
  PostgresDeliveryStore,
  WebhookRepository,
} from '@schoolbell/persistence';
import { expect } from 'vitest';
import { AN_AUTHOR, LONG_RUNS } from '../support/index.js';
import {
  AUTHOR,
  attemptOf,
  DELIVERED,
  deliveryTest,
  EXHAUSTED,
  FAILED,
  TIMED_OUT,
  type DeliveryFixtures,
} from './delivery-fixtures.js';

const RUN_MS = LONG_RUNS ? 60_000 : 3_000;
/** A slow machine runs for longer, until enough has happened. */
const LEAST_ACTS = 200;
const WEBHOOKS = 3;
const BATCH = { mode: 'batch', maxEvents: 7, intervalSeconds: 1, coalesce: true };

function oneOf<T>(choices: readonly T[]): T {
  return choices[Math.floor(Math.random() * choices.length)]!;
}

/**
 * A dispatcher whose receivers answer at random; now and then it forgets what it has sent, as if it had been killed.
 */
class WildDispatcher {
  /** How many 2xx answers that Schoolbell knows of each delivery got. */
  readonly taken = new Map<string, number>();

  constructor(
    private readonly stores: readonly DeliveryStore[],
    private readonly webhookIds: readonly string[],
  ) {}

  async runWhile(goesOn: () => boolean): Promise<void> {
    while (goesOn()) await this.round(this.verdictAtRandom);
  }

  async round(
    verdictOf: (claimed: ClaimedDelivery) => AttemptRecord['verdict'] | undefined,
  ): Promise<number> {
    let claimed = 0;
    for (const store of this.stores) {
      await store.webhooksWithDueDeliveries(1000);
      const slots = this.webhookIds.map((webhookId) => ({ webhookId, free: 3 }));
      const { deliveries } = await store.claim({ slots, limit: 50, leaseSeconds: 60 });
      claimed += deliveries.length;
      for (const delivery of deliveries) await this.end(store, delivery, verdictOf(delivery));
    }
    return claimed;
  }

  private async end(
    store: DeliveryStore,
    claimed: ClaimedDelivery,
    verdict: AttemptRecord['verdict'] | undefined,
  ): Promise<void> {
    if (!verdict) return;
    let report = await store.record([attemptOf(claimed, verdict)]);
    while (report.setAside.length > 0) report = await store.record([attemptOf(claimed, verdict)]);
    if (verdict.kind !== 'delivered' || report.lost.length > 0) return;
    for (const id of claimed.members?.map(({ deliveryId }) => deliveryId) ?? [claimed.id]) {
      this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
    }
  }

  private verdictAtRandom({ members }: ClaimedDelivery): AttemptRecord['verdict'] | undefined {
    const verdicts = [DELIVERED, DELIVERED, FAILED, FAILED, EXHAUSTED, undefined];
    const split = { kind: 'split', error: TIMED_OUT } as const;
    return oneOf((members?.length ?? 0) > 1 ? [...verdicts, split] : verdicts);
  }
}

/** Customers and operators who act at random, one after the other. */
function mischief(fixtures: DeliveryFixtures, webhookIds: readonly string[], onAct: () => void) {
  const webhooks = new WebhookRepository(fixtures.db);
  const deliveries = new DeliveryRepository(fixtures.db);
  const { tenantId } = fixtures;
  const changesMode = (delivery: object) => (id: string) =>
    fixtures.sql('UPDATE webhooks SET delivery = $2, version = version + 1 WHERE id = $1', [
      id,
      JSON.stringify(delivery),
    ]);
  const accepts = () =>
    fixtures.accept(Array.from({ length: 10 }, () => oneOf(['one', 'two', undefined])));
  const retries = async (id: string) => {
    const rows = await fixtures.sql(
      `SELECT id FROM deliveries WHERE webhook_id = $1 AND status IN ('waiting', 'dead')
       ORDER BY random() LIMIT 3`,
      [id],
    );
    for (const { id: deliveryId } of rows) await deliveries.retry(tenantId, deliveryId, AUTHOR);
  };
  const acts: ((id: string) => Promise<unknown>)[] = [
    accepts,
    accepts,
    accepts,
    retries,
    retries,
    (id) => webhooks.pause(AN_AUTHOR, tenantId, id),
    (id) => fixtures.resume(id, 'send'),
    (id) => fixtures.resume(id, 'send'),
    (id) => fixtures.resume(id, 'discard'),
    changesMode(BATCH),
    changesMode({ ...BATCH, sameType: true, maxEvents: 4 }),
    changesMode({ mode: 'single' }),
    () => makeAllDue(fixtures),
    () => endLeases(fixtures),
  ];
  return async (goesOn: () => boolean): Promise<void> => {
    while (goesOn()) {
      await oneOf(acts)(oneOf(webhookIds));
      onAct();
    }
  };
}

async function makeAllDue(fixtures: DeliveryFixtures): Promise<void> {
  await fixtures.sql(
    `UPDATE batches SET due_at = now() WHERE status = 'waiting' AND due_at > now()`,
  );
  await fixtures.sql(
    `UPDATE due_deliveries SET due_at = now() WHERE NOT awaits_turn AND due_at > now()`,
  );
}

async function endLeases(fixtures: DeliveryFixtures): Promise<void> {
  await fixtures.endLeases();
  await fixtures.sql(
    `UPDATE batches SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL`,
  );
}

deliveryTest(
  'whatever receivers, customers and dispatchers do, each delivery ends once, and with the attempts that it shows',
  { timeout: RUN_MS + 60_000 },
  async ({ fixtures }) => {
    const webhookIds: string[] = [];
    for (let i = 0; i < WEBHOOKS; i++) {
      const settings = { eventTypes: ['*'], autoPauseAfter: 0, delivery: BATCH };
      webhookIds.push(await fixtures.addWebhook(settings));
    }
    const dispatchers = [1, 2].map(() => {
      const db = fixtures.openAnother();
      return new WildDispatcher(
        [new PostgresBatchStore(db), new PostgresDeliveryStore(db)],
        webhookIds,
      );
    });
    const endsAt = performance.now() + RUN_MS;
    let acts = 0;
    const goesOn = (): boolean => performance.now() < endsAt || acts < LEAST_ACTS;
    const act = mischief(fixtures, webhookIds, () => (acts += 1));
    await Promise.all([
      ...dispatchers.map((each) => each.runWhile(goesOn)),
      act(goesOn),
      act(goesOn),
    ]);

    // A slow machine does little, so whether anything is discarded must not be left to chance.
    const [first] = webhookIds;
    await new WebhookRepository(fixtures.db).pause(AN_AUTHOR, fixtures.tenantId, first!);
    await fixtures.accept(['one', 'two']);
    await fixtures.resume(first!, 'discard');
    for (const id of webhookIds) await fixtures.resume(id, 'send');
    await fixtures.sql(`UPDATE due_deliveries SET due_at = due_at - interval '1 hour'`);
    await endLeases(fixtures);
    for (let idle = 0; idle < 3;) {
      await makeAllDue(fixtures);
      idle = (await dispatchers[0]!.round(() => DELIVERED)) === 0 ? idle + 1 : 0;
    }

    const waiting = await fixtures.sql('SELECT * FROM due_deliveries');
    expect(waiting).toEqual([]);
    const ended = await fixtures.sql(
      `SELECT d.id, d.status, d.attempt_count, d.coalesced_into, count(a.id)::integer AS attempts,
         count(a.id) FILTER (WHERE a.outcome = 'delivered')::integer AS successes,
         count(a.id) FILTER (WHERE a.trigger = 'manual')::integer AS by_hand
       FROM deliveries d
       LEFT JOIN (
         SELECT delivery_id AS of_delivery, a.* FROM attempts a
         UNION ALL
         SELECT m.delivery_id, a.* FROM batch_members m JOIN attempts a ON a.delivery_id = m.batch_id
         WHERE m.position IS NOT NULL
       ) a ON a.of_delivery = d.id
       WHERE d.webhook_id = ANY ($1)
       GROUP BY d.id, d.status, d.attempt_count, d.coalesced_into`,
      [webhookIds],
    );
    expect(ended.length).toBeGreaterThan(100);
    const statuses = new Set(ended.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(['dead', 'delivered', 'discarded']);
    for (const delivery of ended) {
      const { id, status, attempts, attempt_count: counted, coalesced_into: into } = delivery;
      const name = `${id}: ${status}`;
      const taken = dispatchers.reduce((sum, each) => sum + (each.taken.get(id) ?? 0), 0);
      expect([counted, delivery.successes], name).toEqual([attempts, taken]);
      // A retry by hand may come right after the delivery; nothing else sends it again.
      expect(taken - delivery.by_hand, name).toBeLessThanOrEqual(1);
      if (status === 'delivered' && into === null) expect(taken, name).toBeGreaterThan(0);
    }
    const unended = await fixtures.sql(`SELECT * FROM batches WHERE status = 'waiting'`);
    expect(unended.filter(({ leased_until }) => leased_until !== null)).toEqual([]);
    const repeated = await fixtures.sql(
      `SELECT batch_id FROM batch_members WHERE position IS NOT NULL
       GROUP BY batch_id HAVING count(DISTINCT position) <> count(*) OR max(position) <> count(*)`,
    );
    expect(repeated).toEqual([]);
  },
);
