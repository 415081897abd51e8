import { uuidV7 } from '@schoolbell/ids';
import {
  DeliveryRepository,
  EventRepository,
  OperationRepository,
  OperationSteps,
} from '@schoolbell/persistence';
import type { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import { AUTHOR, DeliveryFixtures } from './delivery-fixtures.js';

/** Enough for a plan to show that reads all of them for each event. */
const DEAD_LETTERS = 2_000;
/** Pages of `deliveries` and its indexes for each event: in every partition a page or two of an index, and the row. */
const MOST_PAGES = 15;

describe('while statistics are older than the deliveries of a new tenant, only those of an event are read', () => {
  let fixtures: DeliveryFixtures;
  let webhookId: string;
  let newest: string;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    // Nobody else may analyze meanwhile.
    for (const partition of await partitionsOfDeliveries()) {
      await fixtures.sql(`ALTER TABLE ${partition} SET (autovacuum_enabled = false)`);
    }
    for (let tenant = 1; tenant <= 5; tenant++) await addDelivered(uuidV7(), uuidV7());
    await fixtures.sql('VACUUM ANALYZE');
    webhookId = await fixtures.addWebhook();
    await addDelivered(fixtures.tenantId, webhookId);
    await fixtures.sql(
      `UPDATE deliveries SET status = 'dead', dead_at = now() WHERE webhook_id = $1`,
      [webhookId],
    );
    [{ newest }] = (await fixtures.sql(
      'SELECT max(id::text) AS newest FROM events WHERE tenant_id = $1',
      [fixtures.tenantId],
    )) as [{ newest: string }];
    return () => fixtures.close();
  });

  async function partitionsOfDeliveries(): Promise<string[]> {
    const rows = await fixtures.sql(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'deliveries'::regclass`,
    );
    return rows.map(({ name }) => name);
  }

  async function addDelivered(tenantId: string, ofWebhook: string): Promise<void> {
    await fixtures.sql(
      `WITH e AS (
         INSERT INTO events (id, tenant_id, type, occurred_at, payload)
         SELECT new_uuid_v7(), $1, 'session.completed', now(), '{}' FROM generate_series(1, $3)
         RETURNING id)
       INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status)
       SELECT new_uuid_v7(), $1, id, 'session.completed', $2, 'delivered' FROM e`,
      [tenantId, ofWebhook, DEAD_LETTERS],
    );
  }

  /** How many pages are read meanwhile. Only for what is done one by one. */
  async function pagesOf(work: () => Promise<unknown>): Promise<number> {
    const before = await pages();
    await work();
    return (await pages()) - before;
  }

  async function pages(): Promise<number> {
    const { intakePool, servingPool, listPool } = fixtures.db;
    await Promise.all([intakePool, servingPool, listPool].map(reported));
    const [{ pages: sum }] = (await fixtures.sql(
      `SELECT sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::integer AS pages
       FROM pg_statio_user_tables WHERE relname LIKE 'deliveries%'`,
    )) as [{ pages: number }];
    return sum;
  }

  /** Each connection reports what it has read. */
  async function reported(pool: Pool): Promise<void> {
    await eventually(() => pool.idleCount === pool.totalCount);
    const all = Array.from({ length: pool.totalCount }, () =>
      pool.query('SELECT pg_stat_force_next_flush()'),
    );
    await Promise.all(all);
  }

  const lately = () => ({
    webhookId,
    from: new Date(Date.now() - 600_000),
    to: new Date(Date.now() + 600_000),
    packageIds: [],
    dispatchIds: [],
  });

  it.each([true, false])('when a replay is counted, with onlyMissing: %s', async (onlyMissing) => {
    const operations = new OperationRepository(fixtures.db);
    const read = await pagesOf(async () => {
      const counted = await operations.totalOfReplay(fixtures.tenantId, {
        ...lately(),
        onlyMissing,
      });
      expect(counted).toEqual({ total: DEAD_LETTERS, exact: true });
    });
    expect(read).toBeLessThan(MOST_PAGES * DEAD_LETTERS);
  });

  it('when events are listed', async () => {
    const limit = 100;
    const read = await pagesOf(async () => {
      const { rows } = await new EventRepository(fixtures.db).list(
        fixtures.tenantId,
        {},
        { limit },
      );
      expect(rows).toHaveLength(limit);
      expect(rows[0]).toMatchObject({ deliveries: { counts: { dead: 1 } } });
    });
    expect(read).toBeLessThan(MOST_PAGES * limit);
  });

  it('when the deliveries of one are listed', async () => {
    const deliveries = new DeliveryRepository(fixtures.db);
    const read = await pagesOf(async () => {
      const { rows } = await deliveries.list(
        fixtures.tenantId,
        { eventId: newest },
        { limit: 100 },
      );
      expect(rows).toHaveLength(1);
      expect(await deliveries.ofEvent(fixtures.tenantId, newest)).toHaveLength(1);
    });
    expect(read).toBeLessThan(3 * MOST_PAGES);
  });

  it('when a replay goes on', async () => {
    const selection = { ...lately(), onlyMissing: false };
    await new OperationRepository(fixtures.db).startReplay(fixtures.tenantId, selection, AUTHOR);
    const steps = new OperationSteps(fixtures.db);
    const read = await pagesOf(async () => {
      expect(await steps.next()).toMatchObject({ status: 'running', done: 500 });
    });
    // They are written, too.
    expect(read).toBeLessThan(3 * MOST_PAGES * 500);
  });
});
