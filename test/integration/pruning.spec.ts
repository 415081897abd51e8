import { firstUuidV7At, uuidV7 } from '@schoolbell/ids';
import { History } from '@schoolbell/persistence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DELIVERED, DeliveryFixtures, attemptOf } from './delivery-fixtures.js';
import {
  addOld,
  daysAgo,
  dropPartitions,
  NOW,
  partitions,
  partitionsOfTheLastMonths,
  type OldDelivery,
} from './old-history.js';

const DAY = 86_400_000;

describe('history', () => {
  let fixtures: DeliveryFixtures;
  let history: History;
  let webhookId: string;
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    history = new History(fixtures.db, 30);
    webhookId = await fixtures.addWebhook();
  });
  afterEach(() => fixtures.close());

  const add = (old: OldDelivery): Promise<string> => addOld(fixtures, webhookId, old);

  /** Whether a delivery exists with its event and its attempt: all of them, or none. */
  const isThere = async (id: string, eventId?: string): Promise<boolean> => {
    const delivery = await fixtures.delivery(id);
    const attempts = await fixtures.attempts(id);
    const events = await fixtures.sql('SELECT id FROM events WHERE id = $1', [
      delivery?.event_id ?? eventId ?? id,
    ]);
    const found = [delivery ? 1 : 0, attempts.length, events.length];
    expect(new Set(found).size, `delivery, attempts, events: ${found}`).toBe(1);
    return delivery !== undefined;
  };

  const where = async (id: string): Promise<string> =>
    (
      await fixtures.sql('SELECT tableoid::regclass::text AS t FROM deliveries WHERE id = $1', [id])
    )[0].t;

  describe.each([
    ['in partitions of their time', () => partitionsOfTheLastMonths(fixtures)],
    ['that never had a partition', () => dropPartitions(fixtures)],
  ])('of rows %s', (_what, prepare) => {
    it('that is older than the retention goes; younger one stays', async () => {
      await prepare();
      const old = await Promise.all([60, 50, 45, 40].map((age) => add({ age })));
      const young = await Promise.all([29, 15, 1, 0].map((age) => add({ age })));
      await history.prune(NOW);
      for (const id of old) expect(await isThere(id)).toBe(false);
      for (const id of young) expect(await isThere(id)).toBe(true);
      expect(await fixtures.sql('SELECT id FROM events')).toHaveLength(young.length);
      expect(await fixtures.sql('SELECT id FROM attempts')).toHaveLength(young.length);
    });

    it('that still waits stays, with its event and its attempts, and can be sent', async () => {
      await prepare();
      const waiting = await add({ age: 50, status: 'waiting' });
      const discarded = await add({ age: 50, status: 'discarded' });
      await history.prune(NOW);
      expect(await isThere(waiting)).toBe(true);
      expect(await isThere(discarded)).toBe(false);
      const [claimed] = await fixtures.claim(webhookId);
      expect(claimed).toMatchObject({ id: waiting, attemptNumber: 2, event: { payload: '{}' } });
      expect(await fixtures.store.record([attemptOf(claimed!, DELIVERED)])).toMatchObject({
        lost: [],
      });
      expect(await fixtures.delivery(waiting)).toMatchObject({ status: 'delivered' });
      await history.prune(NOW);
      expect(await fixtures.delivery(waiting)).toBeUndefined();
    });

    it('that is held is never dead by waiting, however long its webhook is paused', async () => {
      await prepare();
      await fixtures.sql(`UPDATE webhooks SET status = 'paused'`);
      const held = await add({ age: 59, status: 'waiting' });
      expect(await fixtures.store.webhooksWithDueDeliveries(10)).toEqual([]);
      await history.prune(NOW);
      expect(await fixtures.delivery(held)).toMatchObject({ status: 'waiting', dead_at: null });
      await fixtures.sql(`UPDATE webhooks SET status = 'active'`);
      expect(await fixtures.store.webhooksWithDueDeliveries(10)).toEqual([webhookId]);
      expect(await fixtures.claim(webhookId)).toMatchObject([{ id: held, cycleFailures: 0 }]);
    });

    it('that died less than 14 days ago stays, whatever the retention', async () => {
      await prepare();
      history = new History(fixtures.db, 1);
      const young = await add({ age: 50, status: 'dead', died: 13 });
      const old = await add({ age: 50, status: 'dead', died: 15 });
      await history.prune(NOW);
      expect(await isThere(young)).toBe(true);
      expect(await isThere(old)).toBe(false);
      await history.prune(new Date(NOW.getTime() + 2 * DAY));
      expect(await isThere(young)).toBe(false);
    });

    it('keeps an old event for as long as a younger delivery of it waits', async () => {
      await prepare();
      const old = await add({ age: 50 });
      const replayed = await add({ age: 1, status: 'waiting' });
      const { event_id: eventId } = await fixtures.delivery(old);
      for (const table of ['deliveries', 'due_deliveries']) {
        const id = table === 'deliveries' ? 'id' : 'delivery_id';
        await fixtures.sql(`UPDATE ${table} SET event_id = $2 WHERE ${id} = $1`, [
          replayed,
          eventId,
        ]);
      }
      await history.prune(NOW);
      expect(await fixtures.delivery(old)).toBeUndefined();
      expect(await fixtures.claim(webhookId)).toMatchObject([
        { id: replayed, event: { payload: '{}' } },
      ]);
    });
  });

  it('goes by dropping whole partitions', async () => {
    await partitionsOfTheLastMonths(fixtures);
    await add({ age: 50 });
    const waiting = await add({ age: 50, status: 'waiting' });
    const before = await partitions(fixtures);
    const report = await history.prune(NOW);
    expect(report).toMatchObject({ moved: 3, deleted: { events: 0, deliveries: 0, attempts: 0 } });
    expect(report.dropped.length).toBeGreaterThan(2);
    expect(await partitions(fixtures)).toEqual(before.slice(report.dropped.length));
    expect(await where(waiting)).toBe('deliveries_default');
    expect(await history.prune(NOW)).toMatchObject({ dropped: [], moved: 0, unfinished: false });
  });

  it('goes row by row from a partition in which very much waits', async () => {
    await partitionsOfTheLastMonths(fixtures);
    const gone = await add({ age: 50 });
    const held = await add({ age: 50, status: 'waiting' });
    const time = daysAgo(50).getTime();
    const ids = Array.from({ length: 10_000 }, () => uuidV7(time));
    const values = [ids, fixtures.tenantId, webhookId];
    await fixtures.sql(
      `INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type)
       SELECT id, id, $2, $3, 'session.completed' FROM unnest($1::uuid[]) id`,
      values,
    );
    await fixtures.sql(
      `INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, due_at)
       SELECT id, id, $2, $3, now() FROM unnest($1::uuid[]) id`,
      values,
    );
    const report = await history.prune(NOW);
    expect(report.deleted).toEqual({ events: 1, deliveries: 1, attempts: 1 });
    expect(await isThere(gone)).toBe(false);
    expect(await isThere(held)).toBe(true);
    expect(await where(held)).not.toBe('deliveries_default');
  });

  it('lets go of idempotency keys after 72 hours, however long history is kept', async () => {
    for (const [key, age] of [
      ['old', 3.01],
      ['young', 2.99],
    ] as const) {
      await fixtures.sql(
        `INSERT INTO idempotency_keys (tenant_id, key, event_id, body_hash, deliveries, created_at)
         VALUES ($1, $2, $3, '', 1, $4)`,
        [fixtures.tenantId, key, uuidV7(), daysAgo(age)],
      );
    }
    expect(await history.prune(NOW)).toMatchObject({ idempotencyKeys: 1 });
    expect(await fixtures.sql('SELECT key FROM idempotency_keys')).toEqual([{ key: 'young' }]);
  });

  it('lets go of counts some at a time, however many a lowered RETENTION_DAYS leaves', async () => {
    await fixtures.sql(
      `INSERT INTO attempt_counts (webhook_id, hour, outcome, bucket, attempts)
       SELECT $1, $2::timestamptz - n * interval '1 hour', 'delivered', 1, 1
       FROM generate_series(-1, 11999) n`,
      [webhookId, daysAgo(30)],
    );
    await fixtures.sql('CREATE TABLE statements (deleted integer)');
    await fixtures.sql(
      `CREATE FUNCTION note_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN INSERT INTO statements SELECT count(*) FROM gone; RETURN NULL; END $$`,
    );
    await fixtures.sql(
      `CREATE TRIGGER note_deleted AFTER DELETE ON attempt_counts REFERENCING OLD TABLE AS gone
       FOR EACH STATEMENT EXECUTE FUNCTION note_deleted()`,
    );
    await history.prune(NOW);
    expect(await fixtures.sql('SELECT FROM attempt_counts')).toHaveLength(2);
    const statements = await fixtures.sql('SELECT deleted FROM statements');
    expect(statements.map(({ deleted }) => deleted)).toEqual([5000, 5000, 1999]);
  });

  it('lets go of sessions that nobody can use any more, so long after their end', async () => {
    await fixtures.sql(
      `INSERT INTO users (id, email, name, role)
       VALUES ('019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70', 'ada@example.com', 'Ada', 'platform_admin')`,
    );
    for (const days of [31, 29]) {
      await fixtures.sql(
        `INSERT INTO user_sessions (id, user_id, address, user_agent, expires_at)
         SELECT new_uuid_v7(), id, '192.0.2.1', $1, $2 FROM users`,
        [`${days} days`, daysAgo(days)],
      );
    }
    expect(await history.prune(NOW)).toMatchObject({ userSessions: 1 });
    expect(await fixtures.sql('SELECT user_agent FROM user_sessions')).toEqual([
      { user_agent: '29 days' },
    ]);
  });

  it('lets go of refused posts after a day', async () => {
    for (const hours of [1, 23, 25]) {
      await fixtures.sql(
        `WITH kept AS (
           INSERT INTO event_rejections (id, at, operation, status, code, detail, errors, request_id)
           VALUES ($1, $2, 'postEvent', 422, 'validation_failed', '', '[]', 'req_1') RETURNING id
         )
         INSERT INTO event_rejection_subjects (rejection_id, subject_id) SELECT id, 'learner' FROM kept`,
        [uuidV7(), new Date(NOW.getTime() - hours * 3_600_000)],
      );
    }
    expect(await history.prune(NOW)).toMatchObject({ eventRejections: 1 });
    expect(await fixtures.sql('SELECT FROM event_rejections')).toHaveLength(2);
    expect(await fixtures.sql('SELECT FROM event_rejection_subjects')).toHaveLength(2);
  });

  it('lets go of operations that have ended, and of none that runs', async () => {
    const [ended, young, running] = [daysAgo(31), daysAgo(29), null];
    for (const finishedAt of [ended, young, running]) {
      await fixtures.sql(
        `INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached, created_at, finished_at)
         VALUES ($1, $2, 'retry', $3, '{}', 1, $1, $4, $5)`,
        [
          uuidV7(),
          fixtures.tenantId,
          finishedAt ? 'completed' : 'running',
          daysAgo(40),
          finishedAt,
        ],
      );
    }
    await history.prune(NOW);
    const left = await fixtures.sql('SELECT finished_at FROM operations ORDER BY finished_at');
    expect(left).toEqual([{ finished_at: young }, { finished_at: running }]);
  });

  it('is written when there is no partition for it', async () => {
    await dropPartitions(fixtures);
    const [id] = await fixtures.addDeliveries(webhookId);
    expect(await where(id!)).toBe('deliveries_default');
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.store.record([attemptOf(claimed!, DELIVERED)]);
    expect(await fixtures.delivery(id!)).toMatchObject({ status: 'delivered', attempt_count: 1 });
    expect(await fixtures.attempts(id!)).toHaveLength(1);
  });
});

describe('partitions', () => {
  let fixtures: DeliveryFixtures;
  let history: History;
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    history = new History(fixtures.db, 30);
  });
  afterEach(() => fixtures.close());

  const partitionOf = async (table: string, time: Date): Promise<string> => {
    const columns = {
      events: `(id, tenant_id, type, occurred_at, payload) VALUES ($1, $1, 't', now(), '')`,
      deliveries: `(id, tenant_id, event_id, event_type, webhook_id) VALUES ($1, $1, $1, 't', $1)`,
    }[table];
    const rows = await fixtures.sql(
      `INSERT INTO ${table} ${columns} RETURNING tableoid::regclass::text AS name`,
      [firstUuidV7At(time.getTime())],
    );
    return rows[0].name;
  };

  it('are there from the first moment on', async () => {
    expect(await partitionOf('events', NOW)).toMatch(/^events_\d{8}$/);
    expect(await partitionOf('events', daysAgo(-6))).toMatch(/^events_\d{8}$/);
  });

  it('are made a week ahead, every time', async () => {
    for (const days of [7, 14, 21, 28]) {
      await history.makeAhead(daysAgo(-days));
      expect(await partitionOf('events', daysAgo(-days - 6))).toMatch(/^events_\d{8}$/);
    }
    expect(await history.makeAhead(daysAgo(-28))).toEqual([]);
  });

  it('store rows as the default partition does', async () => {
    const rows = await fixtures.sql(
      `SELECT DISTINCT reloptions FROM pg_class WHERE relname LIKE 'deliveries\\_%' AND relkind = 'r'`,
    );
    expect(rows).toEqual([{ reloptions: ['fillfactor=65'] }]);
  });

  it('take over rows of their time that came before them', async () => {
    const early = daysAgo(-20);
    expect(await partitionOf('events', early)).toBe('events_default');
    await history.makeAhead(daysAgo(-14));
    const [row] = await fixtures.sql('SELECT tableoid::regclass::text AS name FROM events');
    expect(row.name).toMatch(/^events_\d{8}$/);
  });

  it('are made by one of several dispatchers that try at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => history.makeAhead(daysAgo(-30))));
    const periods = made.flatMap((each) => (each === 'busy' ? [] : each));
    expect(periods.length).toBeGreaterThan(0);
    expect(new Set(periods.map(({ from }) => from.getTime())).size).toBe(periods.length);
  });

  it('do not wait for a long transaction, and keep nobody waiting behind it', async () => {
    const client = await fixtures.db.intakePool.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE events_default IN ROW EXCLUSIVE MODE');
    expect(await history.makeAhead(daysAgo(-30))).toBe('busy');
    await client.query('COMMIT');
    client.release();
    expect(await history.makeAhead(daysAgo(-30))).not.toBe('busy');
  });
});
