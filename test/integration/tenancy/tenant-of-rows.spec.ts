import { uuidV7 } from '@schoolbell/ids';
import {
  asTenant,
  AttemptCounter,
  DeliveryRepository,
  PostgresBatchStore,
  PostgresFallbackStore,
  WebhookStatsRepository,
} from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
  TIMED_OUT,
} from '../delivery-fixtures.js';

/** Tables that dispatchers write, each with the fewest rows that the tests below make. */
const WRITTEN = {
  attempts: 7,
  attempt_counts: 1,
  batch_members: 6,
  fallbacks: 1,
  webhook_rates: 1,
};

let fixtures: DeliveryFixtures;
let webhookId: string;
/** A delivery that failed, and whose fallback was delivered. */
let failedId: string;
/** A delivery that was sent in a batch. */
let batchedId: string;

beforeAll(async () => {
  fixtures = await DeliveryFixtures.open();
  webhookId = await fixtures.addWebhook({
    rateLimit: 1000,
    fallbackUrl: 'https://fallback.example.com/',
    autoPauseAfter: 0,
  });
  failedId = await dieAndFallBack();
  await interrupt();
  await discardUnderWay();
  batchedId = await sendInBatches();
  await new AttemptCounter(fixtures.db).count(new Date(Date.now() + 600_000));
});
afterAll(() => fixtures.close());

async function dieAndFallBack(): Promise<string> {
  const [id] = await fixtures.addDeliveries(webhookId);
  await fixtures.record((await fixtures.claim(webhookId)).map((it) => attemptOf(it, EXHAUSTED)));
  const fallbacks = new PostgresFallbackStore(fixtures.db);
  const slots = [{ webhookId, free: 1 }];
  const { deliveries } = await fallbacks.claim({ slots, limit: 1, leaseSeconds: 60 });
  await fallbacks.record(deliveries.map((it) => attemptOf(it, DELIVERED)));
  return id!;
}

/** Interrupted by its dispatcher's death, and by its dispatcher's stop. */
async function interrupt(): Promise<void> {
  await fixtures.addDeliveries(webhookId);
  await fixtures.claim(webhookId);
  await fixtures.endLeases();
  await fixtures.sweep();
  const again = await fixtures.claim(webhookId);
  await fixtures.store.release(again.map((claimed) => ({ claimed, sent: true })));
  await fixtures.record((await fixtures.claim(webhookId)).map((it) => attemptOf(it, FAILED)));
}

async function discardUnderWay(): Promise<void> {
  const [id] = await fixtures.addDeliveries(webhookId);
  const claimed = await fixtures.claim(webhookId);
  await fixtures.sql('DELETE FROM due_deliveries WHERE delivery_id = $1', [id]);
  await fixtures.sql(`UPDATE deliveries SET status = 'discarded' WHERE id = $1`, [id]);
  await fixtures.store.record(claimed.map((it) => attemptOf(it, DELIVERED)));
}

/** One batch, and its halves. */
async function sendInBatches(): Promise<string> {
  const webhook = await fixtures.addWebhook({
    eventTypes: ['*'],
    delivery: { mode: 'batch', maxEvents: 3, intervalSeconds: 60 },
  });
  await fixtures.accept([undefined, undefined, undefined]);
  const store = new PostgresBatchStore(fixtures.db);
  const request = { slots: [{ webhookId: webhook, free: 8 }], limit: 8, leaseSeconds: 60 };
  const { deliveries: whole } = await store.claim(request);
  const split = { kind: 'split', error: TIMED_OUT } as const;
  await store.record(whole.map((it) => attemptOf(it, split)));
  const { deliveries: halves } = await store.claim(request);
  await store.record(halves.map((it) => attemptOf(it, DELIVERED)));
  return halves[0]!.members![0].deliveryId;
}

const seenBy = (tenantId: string, table: string) =>
  asTenant(fixtures.db, tenantId, async (tx) => {
    const rows = await tx.$queryRawUnsafe<unknown[]>(`SELECT FROM ${table}`);
    return rows.length;
  });

describe.each(Object.entries(WRITTEN))(
  'each row of %s that a dispatcher writes',
  (table, least) => {
    it('says whose it is', async () => {
      const rows = await fixtures.sql(`SELECT tenant_id FROM ${table}`);
      expect(rows.length).toBeGreaterThanOrEqual(least);
      for (const { tenant_id } of rows) expect(tenant_id).toBe(fixtures.tenantId);
    });
  },
);

describe('what was written before rows said whose they are', () => {
  const tables = Object.keys(WRITTEN).filter((table) => table !== 'webhook_rates');
  const before = new Map<string, number>();
  beforeAll(async () => {
    for (const table of tables) {
      before.set(table, await seenBy(fixtures.tenantId, table));
      await fixtures.sql(`UPDATE ${table} SET tenant_id = NULL`);
    }
  });

  it.each(tables)('is seen by its tenant alone: %s', async (table) => {
    expect(await seenBy(fixtures.tenantId, table)).toBe(before.get(table));
    expect(await seenBy(uuidV7(), table)).toBe(0);
  });

  it('is in the history of its deliveries, also of those that went in a batch', async () => {
    const deliveries = new DeliveryRepository(fixtures.db);
    const failed = await deliveries.history(fixtures.tenantId, failedId);
    expect(failed!.attempts.map(({ trigger }) => trigger)).toEqual(['scheduled', 'fallback']);
    expect(failed!.delivery.fallback).toMatchObject({ status: 'delivered' });
    const batched = await deliveries.history(fixtures.tenantId, batchedId);
    expect(batched!.attempts.map(({ batch }) => batch?.members.length)).toEqual([3, 2]);
  });

  it('counts for the stats of its webhook', async () => {
    const stats = new WebhookStatsRepository(fixtures.db);
    const read = await stats.read(fixtures.tenantId, webhookId, 24, new Date());
    expect(read).toMatchObject({ delivered: 1, failed: 2, interrupted: 2 });
  });
});
