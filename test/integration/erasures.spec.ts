import { randomBytes, randomUUID } from 'node:crypto';
import {
  TEMPLATE_FAILED,
  templateFailure,
  type ClaimedDelivery,
  type ScormSession,
} from '@schoolbell/delivery';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import {
  DeliveryRepository,
  OperationRepository,
  OperationSteps,
  PostgresEventIntake,
  PostgresFallbackStore,
  PostgresScormIntake,
  type Database,
  type OperationRow,
} from '@schoolbell/persistence';
import { NEW_ATTEMPT } from '@schoolbell/scorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/index.js';
import {
  AUTHOR,
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
} from './delivery-fixtures.js';

const SECRETS = 'what only the learner should know';

interface Accepted {
  learner?: string | undefined;
  session?: string;
  data?: object;
  key?: string;
  /** Unix milliseconds, by the API's clock. */
  at?: number;
}

describe('the erasure of a learner', () => {
  let fixtures: DeliveryFixtures;
  let operations: OperationRepository;
  let steps: OperationSteps;
  let deliveries: DeliveryRepository;
  let learner: string;
  let webhookId: string;

  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    operations = new OperationRepository(fixtures.db);
    steps = new OperationSteps(fixtures.db);
    deliveries = new DeliveryRepository(fixtures.db);
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    await fixtures.sql(`UPDATE webhooks SET deleted_at = now() WHERE deleted_at IS NULL`);
    learner = `learner ${randomUUID()}`;
    webhookId = await fixtures.addWebhook({ eventTypes: ['*'] });
  });

  const accept = async (given: Accepted = {}): Promise<string> => {
    const { session, data = {}, key, at } = given;
    const learnerId = 'learner' in given ? given.learner : learner;
    const event = {
      id: uuidV7(at),
      tenantId: fixtures.tenantId,
      type: 'session.completed',
      occurredAt: new Date(),
      payload: JSON.stringify({ learnerId, name: SECRETS, ...data }),
      subject: {
        packageId: 'pkg_1',
        ...(learnerId !== undefined && { learnerId }),
        ...(session !== undefined && { sessionId: session }),
      },
      ...(key !== undefined && { idempotency: { key, bodyHash: randomBytes(32) } }),
    };
    await new PostgresEventIntake(fixtures.db).accept([event]);
    return event.id;
  };
  const deliveryOf = async (eventId: string): Promise<string> =>
    (
      await fixtures.sql('SELECT id FROM deliveries WHERE event_id = $1 AND webhook_id = $2', [
        eventId,
        webhookId,
      ])
    )[0].id;
  const eventOf = async (id: string) =>
    (await fixtures.sql('SELECT * FROM events WHERE id = $1', [id]))[0];
  /** An event with one delivery, which got an answer. */
  const delivered = async (given: Accepted = {}) => {
    const eventId = await accept(given);
    await fixtures.record(
      (await fixtures.claim(webhookId)).map((claimed) => answered(claimed, DELIVERED)),
    );
    return { eventId, id: await deliveryOf(eventId) };
  };
  const answered = (claimed: ClaimedDelivery, verdict: Parameters<typeof attemptOf>[1]) =>
    attemptOf(claimed, verdict, {
      requestHeaders: { 'ce-subject': learner },
      renderedWith: JSON.stringify({ body: SECRETS }),
      response: { status: 500, headers: { 'x-who': learner }, body: SECRETS, truncated: false },
    });
  /** Starts it as if its first seconds, in which it waits, were over. */
  const start = async (waiting: 'send' | 'discard' = 'discard', learnerId = learner) => {
    const asked = { learnerId, waiting };
    const operation = await operations.startErasure(fixtures.tenantId, asked, AUTHOR);
    await fixtures.sql(`UPDATE operations SET worked_at = now() WHERE id = $1`, [operation.id]);
    return operation;
  };
  /** Continues as a dispatcher does, until there is nothing left to do now. */
  const work = async ({ id }: OperationRow): Promise<OperationRow> => {
    while (await steps.next()) continue;
    return (await operations.find(fixtures.tenantId, id))!;
  };
  const erase = async (waiting?: 'send' | 'discard') => work(await start(waiting));
  /** Continues as if its pause were over. */
  const goOn = async (operation: OperationRow) => {
    await fixtures.sql(`UPDATE operations SET worked_at = now() WHERE id = $1`, [operation.id]);
    return work(operation);
  };
  const whereverLearnerIs = async (): Promise<string[]> => {
    const tables = await fixtures.sql(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'audit_log'
         AND table_name NOT LIKE 'audit_log_%'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const text = `SELECT FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`;
      if ((await fixtures.sql(text, [learner])).length > 0) found.push(name);
    }
    return found;
  };

  it('leaves of an event its id, type, times and package, and nothing else of the learner anywhere', async () => {
    const before = await delivered({ session: 'ses_1', key: `key of ${learner}` });
    const { accepted_at, occurred_at } = await eventOf(before.eventId);
    expect(await whereverLearnerIs()).not.toEqual([]);

    expect(await erase()).toMatchObject({
      kind: 'erasure',
      status: 'completed',
      total: 1,
      done: 1,
      failed: 0,
    });

    expect(await eventOf(before.eventId)).toMatchObject({
      type: 'session.completed',
      accepted_at,
      occurred_at,
      package_id: 'pkg_1',
      session_id: null,
      learner_id: null,
      payload: '',
      erased_at: expect.any(Date),
    });
    const [attempt] = await fixtures.attempts(before.id);
    expect(attempt).toMatchObject({
      response_status: 500,
      response_headers: null,
      response_body: '',
      request_headers: '{}',
      rendered_with: null,
    });
    expect(await whereverLearnerIs()).toEqual([]);
  });

  it('is in the audit log: who asked, for whom, and that it was done', async () => {
    await delivered();
    const { id } = await erase();
    const entries = await fixtures.sql(
      `SELECT action, actor_name, address, resource_kind, after FROM audit_log
       WHERE after->>'learnerId' = $1 ORDER BY id`,
      [learner],
    );
    const by = { actor_name: AUTHOR.actor.name, address: AUTHOR.address };
    expect(entries).toMatchObject([
      { action: 'erasure.started', ...by, after: { learnerId: learner, waiting: 'discard' } },
      { action: 'erasure.completed', ...by, after: { learnerId: learner, events: 1 } },
    ]);
    const [{ selection }] = await fixtures.sql('SELECT selection FROM operations WHERE id = $1', [
      id,
    ]);
    expect(selection).toEqual({
      waiting: 'discard',
      learnerSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('leaves other learners, other tenants and events that are accepted later alone', async () => {
    const mine = await delivered();
    const others = await delivered({ learner: 'somebody else' });
    const operation = await start();
    const later = await accept();
    await work(operation);
    expect((await eventOf(mine.eventId)).erased_at).not.toBeNull();
    for (const id of [others.eventId, later]) {
      expect((await eventOf(id)).erased_at).toBeNull();
      expect((await eventOf(id)).payload).toContain(SECRETS);
    }
    expect(await fixtures.due(await deliveryOf(later))).toBeDefined();
  });

  it('takes what was accepted before by an API whose clock is ahead, and lets no wrong clock reach further', async () => {
    const ahead = await accept({ at: Date.now() + 30_000 });
    const operation = await start();
    await work(operation);
    expect((await eventOf(ahead)).erased_at).not.toBeNull();

    await accept({ at: Date.now() + 3_600_000, learner: 'somebody else' });
    const next = await start();
    const later = await accept({ at: Date.now() + 31_000 });
    await work(next);
    expect((await eventOf(later)).erased_at).toBeNull();
    await fixtures.sql('DELETE FROM events WHERE accepted_at > now()');
  });

  it('takes refused posts that an API still writes when it is asked for', async () => {
    const { id } = await operations.startErasure(
      fixtures.tenantId,
      { learnerId: learner, waiting: 'discard' },
      AUTHOR,
    );
    expect(await steps.next()).toBeUndefined();
    await fixtures.sql(
      `WITH kept AS (
         INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, request_id, learner_id)
         VALUES ($1, $2, now() + interval '1 second', 'postEvent', 422, 'invalid', '', '[]', 'req_1', $3) RETURNING *
       )
       INSERT INTO event_rejection_subjects (rejection_id, subject_id, tenant_id)
       SELECT id, learner_id, tenant_id FROM kept`,
      [uuidV7(), fixtures.tenantId, learner],
    );
    await fixtures.sql(`UPDATE operations SET worked_at = now() WHERE id = $1`, [id]);
    expect(await steps.next()).toMatchObject({ operationId: id, status: 'completed' });
    expect(await whereverLearnerIs()).toEqual([]);
  });

  it('goes on at once when its turn ended just now, though Postgres rounds that moment up to the millisecond', async () => {
    await delivered();
    const { id } = await start();
    const client = await fixtures.db.maintenancePool.connect();
    onTestFinished(async () => {
      await client.query('ROLLBACK');
      client.release();
    });
    const nowIsRoundedUp = async () => {
      await client.query('ROLLBACK; BEGIN');
      const { rows } = await client.query(
        'SELECT now()::text, now()::timestamptz(3) > now() AS up',
      );
      expect(rows[0].up).toBe(true);
      return rows[0].now as string;
    };
    const now = await eventually(nowIsRoundedUp);
    await fixtures.sql('UPDATE operations SET worked_at = $2::timestamptz WHERE id = $1', [
      id,
      now,
    ]);
    // Within a transaction, `now()` is one moment.
    const db = { ...fixtures.db, maintenancePool: client } as unknown as Database;
    expect(await new OperationSteps(db).next()).toMatchObject({ operationId: id, done: 1 });
  });

  it('forgets the idempotency keys of all its events, and no others', async () => {
    const DAY = 86_400_000;
    for (const at of [Date.now() - 40 * DAY, Date.now() - 20 * DAY, Date.now()]) {
      await accept({ at, key: `${at} of ${learner}` });
      await accept({ at, key: `${at} of another than ${learner}`, learner: 'another' });
      await fixtures.sql(`UPDATE idempotency_keys SET created_at = $2 WHERE key LIKE $1 || '%'`, [
        String(at),
        new Date(at),
      ]);
    }
    await erase();
    const keys = await fixtures.sql(`SELECT key FROM idempotency_keys WHERE key LIKE '%' || $1`, [
      learner,
    ]);
    expect(keys).toHaveLength(3);
    expect(keys.every(({ key }) => key.includes('another'))).toBe(true);
    await fixtures.sql('DELETE FROM idempotency_keys');
  });

  it('also takes the events of the learner’s sessions that name nobody', async () => {
    const nameless = await delivered({ learner: undefined, session: `of ${learner}` });
    await delivered({ session: `of ${learner}` });
    const stranger = await delivered({ learner: 'another', session: `of ${learner}` });
    expect(await erase()).toMatchObject({ status: 'completed', done: 2, total: 2 });
    expect((await eventOf(nameless.eventId)).payload).toBe('');
    expect((await eventOf(stranger.eventId)).payload).toContain(SECRETS);
  });

  it('goes through hundreds of events batch by batch', async () => {
    await Promise.all(Array.from({ length: 250 }, () => accept()));
    expect(await erase()).toMatchObject({ status: 'completed', total: 250, done: 250 });
  });

  it('takes few events at a time when they have many deliveries', async () => {
    const events = [await accept(), await accept(), await accept()];
    const given = [
      { eventId: events[0], deliveries: 2_100 },
      { eventId: events[1], deliveries: 900 },
      { eventId: events[2], deliveries: 1_200 },
    ];
    for (const { eventId, deliveries: count } of given) {
      await fixtures.sql(
        `INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type, status)
         SELECT uuidv7(), $1, $2, $3, 'session.completed', 'delivered' FROM generate_series(1, $4::integer)`,
        [eventId, fixtures.tenantId, webhookId, count],
      );
    }
    await start();
    expect(await steps.next()).toMatchObject({ status: 'running', done: 1 });
    expect(await steps.next()).toMatchObject({ status: 'running', done: 2 });
    expect(await steps.next()).toMatchObject({ status: 'completed', done: 3 });
  });

  it('discards what waits, and wakes for what it held up', async () => {
    const ordered = await fixtures.addWebhook({ eventTypes: ['*'], ordering: 'session' });
    const eventId = await accept({ session: `of ${learner}` });
    const operation = await start();
    const behind = await accept({ session: `of ${learner}` });
    const [first, second] = await fixtures.sql(
      'SELECT id FROM deliveries WHERE webhook_id = $1 ORDER BY event_id',
      [ordered],
    );
    expect(await fixtures.due(second.id)).toMatchObject({ awaits_turn: true });
    const step = await steps.next();
    expect(step).toMatchObject({ operationId: operation.id, done: 1 });
    expect(step!.webhookIds).toContain(ordered);
    expect(await fixtures.delivery(first.id)).toMatchObject({
      status: 'discarded',
      discard_reason: 'erased',
    });
    expect(await fixtures.due(second.id)).toMatchObject({ awaits_turn: false });
    expect((await eventOf(eventId)).payload).toBe('');
    expect((await eventOf(behind)).payload).toContain(SECRETS);
  });

  it('waits for an attempt that is under way, and takes its answer too', async () => {
    const eventId = await accept();
    const [claimed] = await fixtures.claim(webhookId);
    const operation = await start();
    expect(await work(operation)).toMatchObject({ status: 'running', done: 0 });
    expect((await eventOf(eventId)).payload).toContain(SECRETS);
    await fixtures.record([answered(claimed!, FAILED)]);
    expect(await goOn(operation)).toMatchObject({ status: 'completed', done: 1 });
    expect(await fixtures.delivery(claimed!.id)).toMatchObject({
      status: 'discarded',
      erased_at: expect.any(Date),
    });
    expect(await whereverLearnerIs()).toEqual([]);
  });

  describe('while somebody may still record an attempt whose lease has ended', () => {
    const epochBegan = (ago: string) =>
      fixtures.sql(
        `INSERT INTO service_epoch (id, began_at, postgres_started_at)
         VALUES (true, now() - $1::interval, pg_postmaster_start_time())
         ON CONFLICT (id) DO UPDATE SET began_at = excluded.began_at,
           postgres_started_at = excluded.postgres_started_at`,
        [ago],
      );

    it('waits for the first seconds after an outage', async () => {
      await accept();
      const [claimed] = await fixtures.claim(webhookId);
      await epochBegan('0 seconds');
      await fixtures.endLeases();
      const operation = await start();
      expect(await work(operation)).toMatchObject({ status: 'running', done: 0 });
      await fixtures.record([answered(claimed!, DELIVERED)]);
      expect(await goOn(operation)).toMatchObject({ status: 'completed', done: 1 });
      expect(await whereverLearnerIs()).toEqual([]);
    });

    it('keeps of an attempt that is recorded afterwards only that it was', async () => {
      await accept();
      const [claimed] = await fixtures.claim(webhookId);
      await epochBegan('1 hour');
      await fixtures.endLeases();
      expect(await erase()).toMatchObject({ status: 'completed', done: 1 });
      await fixtures.record([answered(claimed!, FAILED)]);
      const [attempt] = await fixtures.attempts(claimed!.id);
      expect(attempt).toMatchObject({
        number: 1,
        response_status: 500,
        request_headers: '{}',
        response_headers: null,
        response_body: '',
        rendered_with: null,
        error_code: 'timeout',
        error_message: null,
      });
      expect(await whereverLearnerIs()).toEqual([]);
    });
  });

  it('sends what waits first if it is asked to, for a day', async () => {
    const sent = await accept();
    const operation = await start('send');
    expect(await work(operation)).toMatchObject({ status: 'running', done: 0 });
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.record([answered(claimed!, DELIVERED)]);
    expect(await goOn(operation)).toMatchObject({ status: 'completed', done: 1 });
    expect(await fixtures.delivery(await deliveryOf(sent))).toMatchObject({ status: 'delivered' });

    const kept = await accept();
    const long = await start('send');
    expect(await work(long)).toMatchObject({ status: 'running' });
    await fixtures.sql(
      `UPDATE operations SET created_at = created_at - interval '25 hours' WHERE id = $1`,
      [long.id],
    );
    expect(await goOn(long)).toMatchObject({ status: 'completed', done: 1 });
    expect(await fixtures.delivery(await deliveryOf(kept))).toMatchObject({
      status: 'discarded',
      discard_reason: 'erased',
    });
  });

  it('rests while it waits for others, and keeps no other operation waiting', async () => {
    await accept();
    await fixtures.claim(webhookId);
    const operation = await start('send');
    expect(await steps.next()).toMatchObject({ operationId: operation.id, status: 'running' });
    expect(await steps.next()).toBeUndefined();
    await operations.cancel(fixtures.tenantId, operation.id, AUTHOR);
    expect(await whereverLearnerIs()).not.toContain('operations');
  });

  it('that takes Postgres too long keeps no other waiting, and has failed after five tries', async () => {
    await accept();
    const slow = await start();
    await fixtures.sql(
      `CREATE FUNCTION take_too_long() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END $$;
       CREATE TRIGGER slow BEFORE UPDATE ON events FOR EACH ROW WHEN (OLD.learner_id = '${learner}')
       EXECUTE FUNCTION take_too_long()`,
    );
    await accept({ learner: `quick ${learner}` });
    const quick = await start('discard', `quick ${learner}`);
    expect(await steps.next()).toMatchObject({ operationId: quick.id, status: 'completed' });
    for (let i = 0; i < 3; i++) await expect(steps.next()).rejects.toThrow('statement timeout');
    expect(await steps.next()).toMatchObject({ operationId: slow.id, status: 'failed' });
    await fixtures.sql('DROP TRIGGER slow ON events; DROP FUNCTION take_too_long');
    expect(await steps.next()).toBeUndefined();
    expect(await erase()).toMatchObject({ status: 'completed' });
  });

  it('ends a fallback that waits', async () => {
    const fallingBack = await fixtures.addWebhook({
      eventTypes: ['*'],
      fallbackUrl: 'https://fallback.example.com/',
    });
    await accept();
    const [claimed] = await fixtures.claim(fallingBack);
    await fixtures.record([answered(claimed!, EXHAUSTED)]);
    expect(await erase()).toMatchObject({ status: 'completed', done: 1 });
    const [fallback] = await fixtures.sql('SELECT status FROM fallbacks WHERE delivery_id = $1', [
      claimed!.id,
    ]);
    expect(fallback.status).toBe('discarded');
    const slots = [{ webhookId: fallingBack, free: 8 }];
    const store = new PostgresFallbackStore(fixtures.db);
    const { deliveries: left } = await store.claim({ slots, limit: 8, leaseSeconds: 60 });
    expect(left).toEqual([]);
  });

  it('makes a retry by hand impossible, also one at the very same moment', async () => {
    const { id } = await delivered();
    await erase();
    expect(await deliveries.retry(fixtures.tenantId, id, AUTHOR)).toEqual({ kind: 'event_erased' });
    expect(await deliveries.find(fixtures.tenantId, id)).toMatchObject({
      erasedAt: expect.any(Date),
    });

    for (let i = 0; i < 10; i++) {
      const again = await delivered();
      const [outcome, operation] = await Promise.all([
        deliveries.retry(fixtures.tenantId, again.id, AUTHOR),
        erase(),
      ]);
      await goOn(operation);
      expect(['retried', 'event_erased']).toContain(outcome.kind);
      expect(await fixtures.due(again.id)).toBeUndefined();
      expect((await eventOf(again.eventId)).payload).toBe('');
    }
  });

  it('keeps erased events out of bulk retries and replays', async () => {
    await accept();
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.record([answered(claimed!, EXHAUSTED)]);
    await erase();
    const retry = await operations.startForDeadLetters(
      fixtures.tenantId,
      'retry',
      { webhookId },
      AUTHOR,
    );
    expect(await work(retry)).toMatchObject({ total: 1, done: 0, failed: 1 });
    const replay = await operations.startReplay(
      fixtures.tenantId,
      {
        webhookId,
        from: new Date(Date.now() - 60_000),
        to: new Date(),
        packageIds: [],
        dispatchIds: [],
        onlyMissing: false,
      },
      AUTHOR,
    );
    await work(replay);
    const made = await fixtures.sql(
      `SELECT FROM deliveries d JOIN events e ON e.id = d.event_id
       WHERE d.webhook_id = $1 AND e.erased_at IS NOT NULL AND d.status = 'waiting'`,
      [webhookId],
    );
    expect(made).toEqual([]);
  });

  it('takes a waiting delivery out of its batch, and leaves the others to be collected anew', async () => {
    const batching = await fixtures.addWebhook({
      eventTypes: ['*'],
      delivery: { mode: 'batch', maxEvents: 10, intervalSeconds: 60 },
    });
    const events = [await accept(), await accept({ learner: 'somebody else' })];
    const ids: string[] = [];
    for (const eventId of events) {
      const [row] = await fixtures.sql(
        'SELECT id FROM deliveries WHERE event_id = $1 AND webhook_id = $2',
        [eventId, batching],
      );
      ids.push(row.id);
    }
    const batchId = uuidV7();
    await fixtures.sql(
      `INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, due_at)
       VALUES ($1, $2, $3, 1, 2, now() + interval '1 hour')`,
      [batchId, fixtures.tenantId, batching],
    );
    await fixtures.sql(
      `INSERT INTO batch_members (batch_id, delivery_id, position)
       SELECT $1, id, n FROM unnest($2::uuid[]) WITH ORDINALITY AS m (id, n)`,
      [batchId, ids],
    );
    await fixtures.sql('UPDATE due_deliveries SET batch_id = $1 WHERE delivery_id = ANY ($2)', [
      batchId,
      ids,
    ]);
    await fixtures.sql(
      `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
         request_headers, rendered_with, response_status, response_headers, response_body, total_ms)
       VALUES ($1, $2, $3, 1, 'scheduled', 'failed', now(), '', '', $4, $4, 500, $4, $4, 1)`,
      [uuidV7(), batchId, batching, JSON.stringify({ who: learner })],
    );
    expect(await erase()).toMatchObject({ status: 'completed', done: 1 });
    expect(await fixtures.due(ids[0]!)).toBeUndefined();
    expect(await fixtures.due(ids[1]!)).toBeDefined();
    const [batch] = await fixtures.sql('SELECT due_at <= now() AS due FROM batches WHERE id = $1', [
      batchId,
    ]);
    expect(batch).toEqual({ due: true });
    expect(await whereverLearnerIs()).toEqual([]);
  });

  it('forgets the message of a filter that failed on the learner', async () => {
    const eventId = await accept();
    await fixtures.sql(`UPDATE webhooks SET filter_error = $2 WHERE id = $1`, [
      webhookId,
      JSON.stringify({
        code: 'evaluation',
        message: `not a number: ${learner}`,
        eventId: toTypeId('event', eventId),
        at: new Date().toISOString(),
      }),
    ]);
    await erase();
    expect((await fixtures.webhook(webhookId)).filter_error).toBeNull();
  });

  it('is quoted by no pause, event or mail when a template fails on the learner', async () => {
    await fixtures.sql(`UPDATE tenants SET notification_emails = '{owner@example.com}'`);
    const failing = await fixtures.addWebhook({ eventTypes: ['*'], autoPauseAfter: 1 });
    await fixtures.addWebhook({ eventTypes: ['webhook.paused', 'delivery.dead'] });
    await accept();
    const [claimed] = await fixtures.claim(failing);
    const message = templateFailure('evaluation', `Not a number: "${learner}"`);
    const error = { code: 'unsendable', message } as const;
    await fixtures.record([answered(claimed!, { kind: 'dead', webhookGone: false, error })]);
    expect((await fixtures.attempts(claimed!.id))[0].error_message).toBe(message);
    expect((await fixtures.webhook(failing)).pause_last_error).toBe(`${TEMPLATE_FAILED}.`);
    const told = await fixtures.sql(
      `SELECT type FROM events WHERE payload LIKE $1 UNION ALL
       SELECT kind FROM mails WHERE facts::text LIKE $1 ORDER BY 1`,
      [`%"${TEMPLATE_FAILED}."%`],
    );
    expect(told.map(({ type }) => type)).toEqual([
      'delivery.dead',
      'webhook.paused',
      'webhook.paused',
    ]);
    await erase();
    expect(await whereverLearnerIs()).toEqual([]);
  });

  it('is in the way of nobody who records attempts of that webhook', async () => {
    const { eventId, id } = await delivered();
    await fixtures.sql(`UPDATE webhooks SET filter_error = $2 WHERE id = $1`, [
      webhookId,
      JSON.stringify({ eventId: toTypeId('event', eventId) }),
    ]);
    const recorder = await fixtures.db.maintenancePool.connect();
    try {
      await recorder.query('BEGIN');
      await recorder.query('SELECT FROM webhooks WHERE id = $1 FOR NO KEY UPDATE', [webhookId]);
      const erasure = erase();
      await eventually(async () => {
        const waiting = await fixtures.sql(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(waiting).toHaveLength(1);
      });
      await recorder.query('UPDATE deliveries SET updated_at = now() WHERE id = $1', [id]);
      await recorder.query('COMMIT');
      expect(await erasure).toMatchObject({ status: 'completed', done: 1 });
    } finally {
      recorder.release();
    }
  });

  describe('who uses SCORM', () => {
    const session = (changes: Partial<ScormSession> = {}): ScormSession => ({
      sessionId: `session of ${learner}`,
      packageId: 'pkg_1',
      learnerId: learner,
      registrationId: `registration of ${learner}`,
      ...changes,
    });
    const launch = async (of: ScormSession) => {
      const scorm = new PostgresScormIntake(fixtures.db);
      const report = await scorm.open({
        id: uuidV7(),
        tenantId: fixtures.tenantId,
        session: of,
        launchKey: '',
        state: NEW_ATTEMPT,
        occurredAt: new Date(),
        access: { tokenHash: randomBytes(32), origin: null },
      } as never);
      expect(report.outcomes[0]!.kind).toBe('launched');
    };

    it('has their state, launches and completions forgotten, also without an event', async () => {
      await launch(session());
      await launch(session({ learnerId: 'somebody else', sessionId: 's', registrationId: 'r' }));
      await fixtures.sql(
        `INSERT INTO scorm_completions (tenant_id, registration_key, attempt, sco_id)
         VALUES ($1, $2, 1, ''), ($1, $3, 1, ''), ($1, 'r:r', 1, '')`,
        [fixtures.tenantId, `r:registration of ${learner}`, `s:session of ${learner}`],
      );
      await erase();
      expect(await whereverLearnerIs()).toEqual([]);
      expect(await fixtures.sql('SELECT registration_key FROM scorm_completions')).toEqual([
        { registration_key: 'r:r' },
      ]);
      expect(await fixtures.sql('SELECT session_id FROM scorm_launches')).toEqual([
        { session_id: 's' },
      ]);

      await launch(session());
      await fixtures.sql('DELETE FROM deliveries; DELETE FROM due_deliveries; DELETE FROM events');
      expect(await erase()).toMatchObject({ status: 'completed', total: 0 });
      expect(await whereverLearnerIs()).toEqual([]);
    });
  });
});
