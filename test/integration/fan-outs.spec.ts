import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import {
  openDatabase,
  OperationRepository,
  OperationSteps,
  PostgresFanOuts,
} from '@schoolbell/persistence';
import { eventually } from '../support/index.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { attemptOf, AUTHOR, DeliveryFixtures, EXHAUSTED } from './delivery-fixtures.js';

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** How many rows of a table a statement read, including those that it then discarded. */
function rowsRead(node: PlanNode, table: string): number {
  const below = (node.Plans ?? []).map((child) => rowsRead(child, table));
  const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const all = node['Relation Name'] === table ? [...below, own] : below;
  return all.reduce((sum, rows) => sum + rows, 0);
}

describe('an operational event that many webhooks want', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());
  beforeEach(() =>
    fixtures.sql(
      'TRUNCATE tenants, webhooks, events, deliveries, due_deliveries, attempts, fan_outs CASCADE',
    ),
  );
  beforeEach(() => addTenant(fixtures.tenantId));

  const addTenant = async (id = uuidV7()) => {
    await fixtures.sql(`INSERT INTO tenants (id, name) VALUES ($1, 'Acme')`, [id]);
    return id;
  };

  /** Webhooks of a tenant that want `delivery.dead`. */
  const addListeners = async (count: number, tenantId = fixtures.tenantId) => {
    const like = await fixtures.addWebhook({ eventTypes: ['delivery.dead'] });
    await fixtures.sql(
      `INSERT INTO webhooks SELECT (jsonb_populate_record(w,
         jsonb_build_object('id', new_uuid_v7(), 'tenant_id', $2::uuid))).*
       FROM webhooks w, generate_series(1, $3) WHERE w.id = $1`,
      [like, tenantId, count],
    );
    await fixtures.sql('DELETE FROM webhooks WHERE id = $1', [like]);
  };

  /** Adds events as if this many deliveries of a tenant had died. */
  const addEvents = (count: number, tenantId = fixtures.tenantId) =>
    fixtures.sql(
      `WITH stored AS (
         INSERT INTO events (id, tenant_id, type, occurred_at, payload)
         SELECT new_uuid_v7(), $1, 'delivery.dead', now(), '{}' FROM generate_series(1, $2)
         RETURNING id, tenant_id, type)
       INSERT INTO fan_outs (event_id, tenant_id, type) SELECT * FROM stored`,
      [tenantId, count],
    );

  const deliveriesOf = async (tenantId = fixtures.tenantId): Promise<number> => {
    const [row] = await fixtures.sql(
      `SELECT count(*)::integer AS made FROM deliveries
       WHERE tenant_id = $1 AND event_type = 'delivery.dead'`,
      [tenantId],
    );
    return row.made;
  };

  const withOneConnection = () => {
    const { url } = fixtures.database;
    const db = openDatabase({ url, encryptionKeys: [randomBytes(32)], intakePoolSize: 1 });
    onTestFinished(() => db.close());
    return db;
  };

  /** For each event: how many webhooks have a due delivery of it, and how many deliveries there are. */
  const ledger = () =>
    fixtures.sql(
      `SELECT DISTINCT count(DISTINCT d.webhook_id)::integer AS webhooks, count(*)::integer AS deliveries,
         count(q.delivery_id)::integer AS due
       FROM events e
       LEFT JOIN deliveries d ON d.event_id = e.id
       LEFT JOIN due_deliveries q ON q.delivery_id = d.id
       WHERE e.type = 'delivery.dead' GROUP BY e.id`,
    );

  it('costs the recording nothing: 240 deaths before 5,500 webhooks are recorded without a delivery', async () => {
    const dying = await fixtures.addWebhook({ autoPauseAfter: 0 });
    await addListeners(5500);
    await fixtures.addDeliveries(dying, { count: 240 });
    const claimed = await fixtures.claim(dying);
    const report = await fixtures.store.record(claimed.map((one) => attemptOf(one, EXHAUSTED)));
    expect(report.operationalEvents).toBe(true);
    expect(await fixtures.sql('SELECT FROM deliveries')).toHaveLength(240);
    expect(await fixtures.sql('SELECT FROM fan_outs')).toHaveLength(240);

    const fanOuts = new PostgresFanOuts(fixtures.db);
    for (let made = 1000; made <= 3000; made += 1000) {
      expect((await fanOuts.next())!.webhookIds).toHaveLength(1000);
      expect(await deliveriesOf()).toBe(made);
    }
  });

  it('comes to each of them once, in steps of several dispatchers at a time', async () => {
    await addListeners(23);
    await addEvents(12);
    const woken = await Promise.all(
      [7, 7, 40].map((most) => fixtures.fanOut(new PostgresFanOuts(fixtures.db, most))),
    );
    expect(await ledger()).toEqual([{ webhooks: 23, deliveries: 23, due: 23 }]);
    expect(new Set(woken.flat()).size).toBe(23);
    expect(await fixtures.sql('SELECT FROM fan_outs')).toEqual([]);
  });

  it('does not hold up another tenant: tenants share each step', async () => {
    await addListeners(100);
    await addEvents(20);
    const other = await addTenant();
    await addListeners(1, other);
    const fanOuts = new PostgresFanOuts(fixtures.db, 50);
    await fanOuts.next();
    expect(await deliveriesOf()).toBe(50);

    await addEvents(1, other);
    await fanOuts.next();
    expect(await deliveriesOf(other)).toBe(1);
    expect(await deliveriesOf()).toBe(75);
  });

  it('lets more tenants than one step serves take turns', async () => {
    const tenants = await Promise.all(Array.from({ length: 45 }, () => addTenant()));
    for (const tenant of tenants) {
      await addListeners(1, tenant);
      await addEvents(3, tenant);
    }
    const fanOuts = new PostgresFanOuts(fixtures.db, 40);
    for (const step of [20, 40, 45]) {
      await fanOuts.next();
      const served = await fixtures.sql('SELECT DISTINCT tenant_id FROM deliveries');
      expect(served).toHaveLength(step);
    }
    await fixtures.fanOut(fanOuts);
    expect(await ledger()).toEqual([{ webhooks: 1, deliveries: 1, due: 1 }]);
  });

  it('goes on in halves when a step finds no time, and loses nothing', async () => {
    await addListeners(50);
    await addEvents(2);
    await fixtures.sql(
      `CREATE FUNCTION out_of_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT count(*) > 20 FROM made) THEN
           RAISE 'canceling statement due to statement timeout' USING ERRCODE = '57014';
         END IF;
         RETURN NULL;
       END $$`,
    );
    await fixtures.sql(
      `CREATE TRIGGER slow AFTER INSERT ON deliveries REFERENCING NEW TABLE AS made
       FOR EACH STATEMENT EXECUTE FUNCTION out_of_time()`,
    );
    onTestFinished(async () => {
      await fixtures.sql('DROP FUNCTION out_of_time CASCADE');
    });
    // The pool closes the connection of a failed step, which may hold its locks for a moment longer: until then the
    // next step takes it for another dispatcher's.
    const fanOuts = new PostgresFanOuts(withOneConnection(), 40);
    await expect(fanOuts.next()).rejects.toThrow('timeout');
    expect(await deliveriesOf()).toBe(0);
    await eventually(() => fanOuts.next());
    expect(await deliveriesOf()).toBe(20);

    const isOver = async () => (await fixtures.sql('SELECT FROM fan_outs')).length === 0;
    await eventually(async () => {
      await fanOuts.next().catch((error: Error) => expect(error.message).toContain('timeout'));
      return isOver();
    });
    expect(await ledger()).toEqual([{ webhooks: 50, deliveries: 50, due: 50 }]);
  });

  it('passes by webhooks that are deleted before it comes to them', async () => {
    await addListeners(10);
    await addEvents(1);
    const fanOuts = new PostgresFanOuts(fixtures.db, 4);
    await fanOuts.next();
    await fixtures.sql(
      `UPDATE webhooks SET deleted_at = now()
       WHERE id NOT IN (SELECT webhook_id FROM deliveries ORDER BY webhook_id LIMIT 3)
         AND id <> (SELECT max(id::text)::uuid FROM webhooks)`,
    );
    await fixtures.fanOut(fanOuts);
    expect(await deliveriesOf()).toBe(5);
    expect(await fixtures.sql('SELECT FROM fan_outs')).toEqual([]);
  });

  it('comes once also to a webhook for which it is replayed meanwhile', async () => {
    await addListeners(10);
    await addEvents(5);
    const fanOuts = new PostgresFanOuts(fixtures.db, 24);
    await fanOuts.next();
    const webhooks = await fixtures.sql('SELECT id FROM webhooks');
    const operations = new OperationRepository(fixtures.db);
    for (const { id } of webhooks) {
      await operations.startReplay(
        fixtures.tenantId,
        {
          webhookId: id,
          from: new Date(Date.now() - 60_000),
          to: new Date(Date.now() + 60_000),
          eventTypes: ['delivery.dead'],
          packageIds: [],
          dispatchIds: [],
          onlyMissing: false,
        },
        AUTHOR,
      );
    }
    const steps = new OperationSteps(fixtures.db);
    while (await steps.next());
    await fixtures.fanOut(fanOuts);
    expect(await ledger()).toEqual([{ webhooks: 10, deliveries: 10, due: 10 }]);
  });

  it.each(['never', 'while it was empty', 'while it was full of one tenant'])(
    'is found without looking at those of other tenants, with statistics of fan_outs taken %s',
    async (when) => {
      if (when === 'while it was empty') await fixtures.sql('ANALYZE fan_outs');
      await addEvents(20_000);
      if (when === 'while it was full of one tenant') await fixtures.sql('ANALYZE fan_outs');
      const other = await addTenant();
      await addListeners(1, other);
      await addEvents(300, other);

      const db = withOneConnection();
      await new PostgresFanOuts(db).next();
      expect(await deliveriesOf(other)).toBe(100);
      const { rows } = await db.intakePool.query(
        `EXPLAIN (ANALYZE, FORMAT JSON)
         EXECUTE fan_out('00000000-0000-0000-0000-000000000000', 1000)`,
      );
      expect(await deliveriesOf(other)).toBe(200);
      // The rows that it takes, the rows that it deletes, and one per tenant.
      expect(rowsRead(rows[0]['QUERY PLAN'][0].Plan, 'fan_outs')).toBeLessThan(500);
    },
  );
});
