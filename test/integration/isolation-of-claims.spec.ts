import { randomBytes } from 'node:crypto';
import { openDatabase, PostgresDeliveryStore, type Database } from '@schoolbell/persistence';
import type { ClaimedDelivery } from '@schoolbell/delivery';
import { Client } from 'pg';
import { describe, expect } from 'vitest';
import {
  attemptOf,
  DELIVERED,
  type DeliveryFixtures,
  FAILED,
  loneDeliveryTest,
} from './delivery-fixtures.js';

/** A dispatcher's store on one connection, so that Postgres's work for it can be counted. */
class CountedStore {
  readonly store: PostgresDeliveryStore;

  constructor(readonly db: Database) {
    this.store = new PostgresDeliveryStore(db);
  }

  async claim(webhookIds: readonly string[], free = 100): Promise<ClaimedDelivery[]> {
    const slots = webhookIds.map((webhookId) => ({ webhookId, free }));
    return (await this.store.claim({ slots, limit: 1000, leaseSeconds: 60 })).deliveries;
  }

  async deliver(claimed: readonly ClaimedDelivery[]): Promise<void> {
    await this.store.record(claimed.map((one) => attemptOf(one, DELIVERED)));
  }

  /** How many pages of `due_deliveries` and its indexes were read meanwhile. */
  async pagesOf(work: () => Promise<unknown>): Promise<number> {
    const before = await this.pages();
    await work();
    return (await this.pages()) - before;
  }

  private async pages(): Promise<number> {
    const { dispatchPool } = this.db;
    await dispatchPool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await dispatchPool.query<{ pages: number }>(
      `SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read AS pages
       FROM pg_statio_user_tables WHERE relname = 'due_deliveries'`,
    );
    return rows[0]!.pages;
  }
}

const test = loneDeliveryTest.extend('dispatcher', async ({ fixtures }, { onCleanup }) => {
  const db = openCounted(fixtures);
  onCleanup(() => db.close());
  return new CountedStore(db);
});

function openCounted({ database }: DeliveryFixtures): Database {
  return openDatabase({
    url: database.url,
    encryptionKeys: [randomBytes(32)],
    dispatchPoolSize: 1,
  });
}

async function connect({ database }: DeliveryFixtures): Promise<Client> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return client;
}

describe('a transaction that somebody has forgotten', () => {
  test('makes no claim look at what has been delivered since it began', async ({
    fixtures,
    dispatcher,
  }) => {
    const webhookId = await fixtures.addWebhook();
    const forgotten = await connect(fixtures);
    await forgotten.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await forgotten.query('SELECT count(*) FROM due_deliveries');
    await fixtures.addDeliveries(webhookId, { count: 4000, dueIn: -600 });
    const pages: number[] = [];
    for (let round = 0; round < 40; round++) {
      let claimed: ClaimedDelivery[] = [];
      pages.push(
        await dispatcher.pagesOf(async () => (claimed = await dispatcher.claim([webhookId]))),
      );
      expect(claimed).toHaveLength(100);
      await dispatcher.deliver(claimed);
    }
    await forgotten.end();
    // Each row costs some pages to claim; 3,900 delivered rows would cost as many again, and more.
    expect(Math.max(...pages.slice(-5))).toBeLessThan(2 * Math.max(...pages.slice(0, 5)));
  });

  test('hides nothing that became due late: the sweep finds it, and the next claim gets it', async ({
    fixtures,
    dispatcher,
  }) => {
    const webhookId = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhookId, { dueIn: -10 });
    expect(await dispatcher.claim([webhookId])).toHaveLength(1);
    const late = await fixtures.addDeliveries(webhookId, { count: 2, dueIn: -60 });
    expect(await dispatcher.claim([webhookId])).toEqual([]);
    expect(await dispatcher.store.webhooksWithDueDeliveries(10)).toEqual([webhookId]);
    expect((await dispatcher.claim([webhookId])).map(({ id }) => id)).toEqual(late);
  });
});

describe('an ordered session whose first delivery waits for its retry', () => {
  test('costs claims nothing, however many wait behind it, and goes on in order', async ({
    fixtures,
    dispatcher,
  }) => {
    const ordering = 'session' as const;
    const ordered = await fixtures.addWebhook({ eventTypes: ['session.completed'], ordering });
    const healthy = await fixtures.addWebhook();
    const events: string[] = [];
    for (let batch = 0; batch < 10; batch++) {
      events.push(...(await fixtures.accept(Array<string>(500).fill('stuck'))));
    }
    const [head] = await dispatcher.claim([ordered]);
    expect(head!.event.id).toBe(events[0]);
    await dispatcher.store.record([attemptOf(head!, FAILED)]);

    await fixtures.addDeliveries(healthy, { count: 10 });
    let claimed: ClaimedDelivery[] = [];
    const pages = await dispatcher.pagesOf(
      async () => (claimed = await dispatcher.claim([ordered, healthy])),
    );
    expect(claimed.map(({ webhookId }) => webhookId)).toEqual(Array(10).fill(healthy));
    expect(pages).toBeLessThan(500);

    await fixtures.sql('UPDATE due_deliveries SET due_at = now() WHERE event_id = $1', [events[0]]);
    for (const eventId of events.slice(0, 5)) {
      const [next, ...others] = await dispatcher.claim([ordered]);
      expect([next?.event.id, others]).toEqual([eventId, []]);
      await dispatcher.deliver([next!]);
    }
  });

  test('goes on after a dispatcher died before it had let the next one go', async ({
    fixtures,
    dispatcher,
  }) => {
    const ordering = 'session' as const;
    const ordered = await fixtures.addWebhook({ eventTypes: ['session.completed'], ordering });
    const [first, second, other] = await fixtures.accept(['a', 'a', 'b']);
    await fixtures.sql('DELETE FROM due_deliveries WHERE event_id = ANY ($1::uuid[])', [
      [first, other],
    ]);
    expect(await dispatcher.claim([ordered])).toEqual([]);
    expect(await dispatcher.store.webhooksWithDueDeliveries(10)).toEqual([ordered]);
    expect((await dispatcher.claim([ordered])).map(({ event }) => event.id)).toEqual([second]);
  });
});

describe('a webhook whose row somebody has locked', () => {
  test('holds up no record: its attempts are set aside, those of others are written at once', async ({
    fixtures,
    dispatcher,
  }) => {
    const [locked, healthy] = [await fixtures.addWebhook(), await fixtures.addWebhook()];
    const [lockedId] = await fixtures.addDeliveries(locked);
    const [healthyId] = await fixtures.addDeliveries(healthy);
    const claimed = await dispatcher.claim([locked, healthy]);
    const attempts = claimed.map((one) => attemptOf(one, FAILED));
    const somebody = await connect(fixtures);
    await somebody.query('BEGIN');
    await somebody.query('SELECT FROM webhooks WHERE id = $1 FOR UPDATE', [locked]);

    const report = await dispatcher.store.record(attempts);
    expect(report).toMatchObject({ setAside: [lockedId], lost: [] });
    expect(await fixtures.delivery(healthyId!)).toMatchObject({ attempt_count: 1 });
    expect(await fixtures.delivery(lockedId!)).toMatchObject({ attempt_count: 0 });
    expect(await fixtures.attempts(lockedId!)).toEqual([]);

    await somebody.end();
    expect(await fixtures.record(attempts)).toMatchObject({ lost: [] });
    expect(await fixtures.delivery(lockedId!)).toMatchObject({ attempt_count: 1 });
    expect(await fixtures.webhook(locked)).toMatchObject({ consecutive_failures: 1 });
    expect(await fixtures.webhook(healthy)).toMatchObject({ consecutive_failures: 1 });
  });
});

describe('statistics of the tables', () => {
  const EXPLAINED = {
    claim: `claim ('{}', '{}', 1, 60, NULL, '{}')`,
    claim_and_take_over: `claim_and_take_over ('{}', '{}', 1, 60, NULL, '{}')`,
    record_delivered: `record_delivered (${Array(29).fill("''").join(', ')})`,
    due_webhooks: `due_webhooks (NULL, 1, 1)`,
  };

  /** How a plan finds rows of the queue and of its webhooks: by which index, and under which condition. */
  function scansOf(plan: readonly string[]): string[] {
    const scanned = / Scan .*on (due_deliveries|webhooks|webhook_rates) /;
    return plan.flatMap((line, at) =>
      scanned.test(`${line} `) ? [`${line.trim()} ${plan[at + 1]!.trim()}`] : [],
    );
  }

  /** Drains a backlog like a dispatcher that has just started. @returns its plans, and its pace */
  async function drain(fixtures: DeliveryFixtures, webhookId: string) {
    const dispatcher = new CountedStore(openCounted(fixtures));
    await fixtures.addDeliveries(webhookId, { count: 1000 });
    await dispatcher.store.webhooksWithDueDeliveries(1);
    const pages = await dispatcher.pagesOf(async () => {
      for (let claimed = await dispatcher.claim([webhookId]); claimed.length > 0;) {
        await dispatcher.deliver(claimed);
        claimed = await dispatcher.claim([webhookId]);
      }
    });
    // Nothing is left to be taken over.
    await dispatcher.claim([webhookId]);
    const plans: Record<string, string[]> = {};
    for (const [name, execute] of Object.entries(EXPLAINED)) {
      const explain = `EXPLAIN (COSTS OFF) EXECUTE ${execute}`;
      const { rows } = await dispatcher.db.dispatchPool.query(explain);
      plans[name] = scansOf(rows.map((row) => row['QUERY PLAN']));
    }
    await dispatcher.db.close();
    return { plans, pages };
  }

  test('of a queue that was empty, full of dead rows, or full, change no plan and no pace', async ({
    fixtures,
  }) => {
    const webhookId = await fixtures.addWebhook();
    const other = await fixtures.addWebhook();
    // Nobody else may analyze or vacuum meanwhile.
    await fixtures.sql('ALTER TABLE due_deliveries SET (autovacuum_enabled = false)');
    await drain(fixtures, webhookId);
    await fixtures.sql('ANALYZE');
    const usual = await drain(fixtures, webhookId);

    await fixtures.addDeliveries(other, { count: 5000, dueIn: 3600 });
    await fixtures.sql('ANALYZE');
    const full = await drain(fixtures, webhookId);

    await fixtures.sql('DELETE FROM due_deliveries');
    await fixtures.sql('ANALYZE');
    const dead = await drain(fixtures, webhookId);

    await fixtures.addDeliveries(other, { count: 5000, dueIn: 3600 });
    await fixtures.sql('DELETE FROM due_deliveries');
    await fixtures.sql('VACUUM (ANALYZE, TRUNCATE off) due_deliveries');
    // Tables that statistics call empty fill up, and nobody analyzes them again.
    await fixtures.addDeliveries(other, { count: 5000, dueIn: 3600 });
    const empty = await drain(fixtures, webhookId);

    for (const { plans, pages } of [full, dead, empty]) {
      expect(plans).toEqual(usual.plans);
      expect(pages).toBeLessThan(2 * usual.pages);
    }
    const scans = Object.values(usual.plans).flat();
    expect(scans.length).toBeGreaterThan(10);
    for (const scan of scans) expect(scan).toContain('Index Cond');
  });
});
