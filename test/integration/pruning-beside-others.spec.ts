import { uuidV7 } from '@schoolbell/ids';
import { DeliveryRepository, History, type RetryOutcome } from '@schoolbell/persistence';
import { Client, type PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import { AUTHOR, DeliveryFixtures } from './delivery-fixtures.js';
import {
  addAttempt,
  addOld,
  daysAgo,
  NOW,
  partitions,
  partitionsOfTheLastMonths,
  type OldDelivery,
} from './old-history.js';

/** Days. In the period that is dropped first, which is the one that others then wait for. */
const FIRST = 59;

const MAKE_DUE = `
INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, trigger)
SELECT id, tenant_id, webhook_id, event_id, now(), 'manual' FROM deliveries WHERE id = $1`;
const REVIVE = `UPDATE deliveries SET status = 'waiting', dead_at = NULL WHERE id = $1`;

describe('dropping a period of history', () => {
  let fixtures: DeliveryFixtures;
  let history: History;
  let webhookId: string;
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    history = new History(fixtures.db, 30);
    webhookId = await fixtures.addWebhook();
    await partitionsOfTheLastMonths(fixtures);
  });
  afterEach(() => fixtures.close());

  const add = (old: OldDelivery): Promise<string> => addOld(fixtures, webhookId, old);

  /**
   * Prunes while a transaction that had begun before does something, and commits while pruning waits for the tables.
   * Pruning waits only half a second: on a busy machine it may take a second round.
   */
  const pruneBeside = async (others: (client: PoolClient) => Promise<unknown>): Promise<void> => {
    const client = await fixtures.db.intakePool.connect();
    await client.query('BEGIN');
    await others(client);
    const pruning = history.prune(NOW);
    await soon(`mode = 'AccessExclusiveLock'`);
    await client.query('COMMIT');
    client.release();
    await pruning;
    await pruneAll();
  };
  /** @returns once everything old is gone */
  const pruneAll = () => eventually(async () => !(await history.prune(NOW)).unfinished);
  /** Resolves when somebody waits for such a lock, or has given up. */
  const soon = (condition: string) =>
    eventually(
      async () => {
        const rows = await fixtures.sql(
          `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
           WHERE NOT granted AND d.datname = current_database() AND ${condition}`,
        );
        return rows.length > 0;
      },
      { intervalMs: 5, timeoutMs: 500 },
    ).catch(() => undefined);

  /** Adds a due delivery of an event, as an API's transaction does. */
  const addDelivery = (client: PoolClient, eventId: string) =>
    client.query(
      `WITH made AS (
         INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type)
         VALUES (new_uuid_v7(), $1, $2, $3, 'session.completed')
         RETURNING id, event_id, tenant_id, webhook_id)
       INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, due_at)
       SELECT id, event_id, tenant_id, webhook_id, now() FROM made`,
      [eventId, fixtures.tenantId, webhookId],
    );

  const firstPeriodIsGone = async (): Promise<boolean> =>
    (await partitions(fixtures)).every((name) => name > partitionAt(FIRST));
  const partitionAt = (days: number): string =>
    `deliveries_${daysAgo(days).toISOString().slice(0, 10).replaceAll('-', '')}`;

  const eventIsThere = async (id: string): Promise<boolean> => {
    const { event_id: eventId } = await fixtures.delivery(id);
    return (await fixtures.sql('SELECT FROM events WHERE id = $1', [eventId])).length === 1;
  };

  it('reads next to nothing of what is held elsewhere, however much it is', async () => {
    await addHeld(100_000);
    await add({ age: FIRST });
    await add({ age: FIRST, status: 'waiting' });
    await eventually(async () => (await blocksRead()) > 100_000);
    const before = await blocksRead();
    const { moved, unfinished } = await history.prune(NOW);
    if (!unfinished) expect(moved).toBe(3);
    expect((await blocksRead()) - before).toBeLessThan(200);
  });

  const addHeld = async (count: number): Promise<void> => {
    await fixtures.database.query(
      `INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, due_at)
       SELECT new_uuid_v7(), new_uuid_v7(), $1, $2, now() FROM generate_series(1, $3::integer)`,
      [fixtures.tenantId, webhookId, count],
    );
  };
  /**
   * Blocks read from `due_deliveries` and its indexes. Sessions report these now and then; both are made to report now.
   */
  const blocksRead = async (): Promise<number> => {
    await fixtures.db.maintenancePool.query('SELECT pg_stat_force_next_flush()');
    await fixtures.database.query('SELECT pg_stat_force_next_flush()');
    const [row] = await fixtures.database.query(
      `SELECT heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit AS blocks
       FROM pg_statio_user_tables WHERE relname = 'due_deliveries'`,
    );
    return Number(row!.blocks);
  };

  it('loses nothing that is sent again by hand at the same moment', async () => {
    const id = await add({ age: FIRST });
    await pruneBeside(async (client) => {
      await client.query(REVIVE, [id]);
      await client.query(MAKE_DUE, [id]);
    });
    expect(await firstPeriodIsGone()).toBe(true);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'waiting' });
    expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await fixtures.claim(webhookId)).toMatchObject([{ id, event: { payload: '{}' } }]);
  });

  it('loses nothing that is sent again by hand, and dies, at the same moment', async () => {
    const id = await add({ age: FIRST, status: 'dead', died: 40 });
    await pruneBeside((client) =>
      client.query('UPDATE deliveries SET dead_at = now() WHERE id = $1', [id]),
    );
    expect(await firstPeriodIsGone()).toBe(true);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'dead' });
    expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await eventIsThere(id)).toBe(true);
  });

  it('loses no event that is replayed at the same moment', async () => {
    const { event_id: eventId } = await fixtures.delivery(await add({ age: FIRST }));
    await pruneBeside((client) => addDelivery(client, eventId));
    expect(await firstPeriodIsGone()).toBe(true);
    expect(await fixtures.claim(webhookId)).toMatchObject([{ event: { payload: '{}' } }]);
  });

  it('keeps old events and attempts of younger dead letters, which a bulk retry may begin to send', async () => {
    const id = await add({ age: 10, status: 'dead', died: 9 });
    const old = await add({ age: FIRST });
    const { event_id: eventId } = await fixtures.delivery(old);
    await fixtures.sql('UPDATE deliveries SET event_id = $2 WHERE id = $1', [id, eventId]);
    await addAttempt(fixtures, id, FIRST);
    await pruneBeside(async (client) => {
      await client.query(REVIVE, [id]);
      await client.query(MAKE_DUE, [id]);
    });
    expect(await firstPeriodIsGone()).toBe(true);
    expect(await fixtures.delivery(old)).toBeUndefined();
    expect(await fixtures.attempts(id)).toHaveLength(2);
    expect(await fixtures.claim(webhookId)).toMatchObject([{ id, event: { payload: '{}' } }]);
  });

  describe('beside a retry by hand of a younger delivery of an old event', () => {
    let id: string;
    let reader: Client;
    beforeEach(async () => {
      id = await add({ age: 10 });
      const { event_id: eventId } = await fixtures.delivery(await add({ age: FIRST }));
      await fixtures.sql('UPDATE deliveries SET event_id = $2 WHERE id = $1', [id, eventId]);
      reader = new Client({ connectionString: fixtures.database.url });
      await reader.connect();
    });
    afterEach(() => reader.end());

    const retry = () => new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, id, AUTHOR);

    /** Either is right, depending on who comes first. */
    const sentOrRefused = async (outcome: RetryOutcome): Promise<void> => {
      await pruneAll();
      expect(await firstPeriodIsGone()).toBe(true);
      const claimed = await fixtures.claim(webhookId);
      if (outcome.kind === 'retried') {
        expect(claimed).toMatchObject([{ id, event: { payload: '{}' } }]);
      } else {
        expect(outcome).toEqual({ kind: 'event_pruned' });
        expect(claimed).toEqual([]);
        expect(await fixtures.delivery(id)).toMatchObject({ status: 'delivered' });
      }
    };

    it('that comes when the tables are wanted: its event is sent, or it is refused', async () => {
      await reader.query('BEGIN; LOCK TABLE events IN ACCESS SHARE MODE');
      const pruning = history.prune(NOW);
      await soon(`mode = 'AccessExclusiveLock'`);
      const retrying = retry();
      await reader.query('COMMIT');
      await pruning;
      await sentOrRefused(await retrying);
    });

    it('that comes when we have only begun to look: its event is sent, or it is refused', async () => {
      const [first] = await partitions(fixtures);
      const attempts = first!.replace('deliveries', 'attempts');
      await reader.query(`BEGIN; LOCK TABLE ${attempts} IN ACCESS EXCLUSIVE MODE`);
      const pruning = history.prune(NOW);
      await soon(`mode = 'AccessShareLock'`);
      const retrying = retry();
      await Promise.race([soon(`locktype = 'advisory'`), retrying]);
      await reader.query('COMMIT');
      await pruning;
      await sentOrRefused(await retrying);
    });
  });

  it('goes on when the clock of an API is a month behind, without losing what it accepts', async () => {
    const time = daysAgo(FIRST).getTime();
    const eventId = uuidV7(time);
    await pruneBeside(async (client) => {
      await client.query(
        `INSERT INTO events (id, tenant_id, type, occurred_at, payload)
         VALUES ($1, $2, 'session.completed', now(), '{"late":1}')`,
        [eventId, fixtures.tenantId],
      );
      await addDelivery(client, eventId);
    });
    expect(await fixtures.claim(webhookId)).toMatchObject([{ event: { payload: '{"late":1}' } }]);
  });
});
