import { createHash, randomBytes } from 'node:crypto';
import {
  AttemptCounter,
  DeliveryRepository,
  EventRejectionRepository,
  EventRepository,
  openDatabase,
  OperationRepository,
  SearchRepository,
  TenantStatsRepository,
  WebhookHealthRepository,
  WebhookStatsRepository,
  type Database,
} from '@schoolbell/persistence';
import { uuidV7 } from '@schoolbell/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, LONG_RUNS, type TestDatabase } from '../support/index.js';

/** One in twenty is a dead letter, one in a hundred waits. */
const DELIVERIES = 1_000_000;
const WEBHOOKS = 100;
/** The most that a tenant can have in a day, by one API. */
const REJECTIONS = 60_000;
const CALLS = 40;
const MOST_MS = 50;

const tenantId = uuidV7();
let database: TestDatabase;
let db: Database;

const SEED = [
  `INSERT INTO tenants (id, name) VALUES ($1, 'History')`,
  `INSERT INTO webhooks (id, tenant_id, url, format, authentication, headers, secret, timeout_seconds,
     retry_schedule, auto_pause_after, delivery, status, metadata, event_types)
   SELECT md5(n::text)::uuid, $1, 'https://example.com', 'allureconnect', '', '', '', 10, '{30}', 5, '{}',
     'active', '{}', '{}' FROM generate_series(0, ${WEBHOOKS - 1}) n`,
  `CREATE UNLOGGED TABLE made AS
   SELECT n, $1::uuid AS tenant_id, now() + ago AS at, uuidv7(ago) AS event_id, uuidv7(ago) AS id,
     md5((n % ${WEBHOOKS})::text)::uuid AS webhook_id, n % 20 = 7 AS dead, n % 100 = 3 AS waiting
   FROM generate_series(1, ${DELIVERIES}) n,
     LATERAL (SELECT -(1 - n::float8 / ${DELIVERIES}) * interval '29 days' AS ago) a`,
  `INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, session_id, package_id, learner_id, payload)
   SELECT event_id, tenant_id, 'session.completed', at, at, 'ses_' || n, 'pkg_' || n % 50, 'lrn_' || n % 10000,
     '{}' FROM made`,
  `INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status, attempt_count,
     last_attempt_at, last_response_status, last_error_code, last_duration_ms, dead_at, created_at)
   SELECT id, tenant_id, event_id, 'session.completed', webhook_id,
     CASE WHEN dead THEN 'dead' WHEN waiting THEN 'waiting' ELSE 'delivered' END, 1, at,
     CASE WHEN dead THEN 500 + n % 4 ELSE 200 END, CASE WHEN dead THEN 'http_status' END, 5,
     CASE WHEN dead THEN at END, at FROM made`,
  `INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
   SELECT id, tenant_id, webhook_id, event_id, now() + interval '1 hour' FROM made WHERE waiting`,
  `INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
     request_headers, response_status, total_ms)
   SELECT id, tenant_id, id, webhook_id, 1, 'scheduled', CASE WHEN dead THEN 'failed' ELSE 'delivered' END, at, '',
     '', '{}', 200, 5 * power(1.3, n % 17) FROM made`,
  `INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached)
   SELECT uuidv7(), $1, 'retry', CASE WHEN n % 1000 = 0 THEN 'running' ELSE 'completed' END, '{}', 1, uuidv7()
   FROM generate_series(1, 5000) n`,
  `INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, request_id, session_id,
     learner_id)
   SELECT uuidv7(ago), $1, now() + ago, 'postEvent', 422, 'validation_failed', '', '[]', 'req_' || n, 'ses_' || n,
     'lrn_' || n % 1000
   FROM generate_series(1, ${REJECTIONS}) n, LATERAL (SELECT -n * interval '1 second' AS ago) a`,
  `INSERT INTO event_rejection_subjects (rejection_id, subject_id, tenant_id)
   SELECT id, unnest(ARRAY[session_id, learner_id]), tenant_id FROM event_rejections`,
  'DROP TABLE made',
];

describe.runIf(LONG_RUNS)('with a million deliveries of history', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    database = await createDatabase();
    db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
    for (const text of SEED) await database.query(text, text.includes('$1') ? [tenantId] : []);
    await new AttemptCounter(db).count();
    await database.query('VACUUM ANALYZE');
  }, 600_000);
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  const stats = (hours: number) => new TenantStatsRepository(db).read(tenantId, hours, new Date());
  const groups = (filter: object) =>
    new DeliveryRepository(db).groupDeadLetters(tenantId, filter, ['webhook', 'error']);
  const operations = (filter: object) =>
    new OperationRepository(db).list(tenantId, filter, { limit: 26 });

  const webhook = createHash('md5').update('7').digest('hex');
  const runtime = Array.from({ length: 30 }, (_, i) => (i % 2 ? `ses_${i}` : `lrn_${i}`));

  it.each([
    ['the stats of a day', () => stats(24)],
    ['the stats of a week', () => stats(24 * 7)],
    ['the stats of a month', () => stats(24 * 30)],
    ['all dead letters in groups', () => groups({})],
    ['dead letters with one answer in groups', () => groups({ responseStatus: 503 })],
    ['dead letters of a day in groups', () => groups({ from: new Date(Date.now() - 86_400_000) })],
    [
      'the stats of a month of a webhook',
      () => new WebhookStatsRepository(db).read(tenantId, webhook, 24 * 30, new Date()),
    ],
    ['the newest events', () => new EventRepository(db).list(tenantId, {}, { limit: 26 })],
    [
      'refused posts about a learner',
      () => new EventRejectionRepository(db).list(tenantId, { subjectId: 'lrn_7' }, { limit: 26 }),
    ],
    [
      'what 30 ids of a runtime may be',
      () => new SearchRepository(db).find(tenantId, { own: {}, runtime }),
    ],
    ['operations that run', () => operations({ status: 'running' })],
    [
      'the health of 100 webhooks',
      async () => {
        const webhooks = await database.query<{ id: string }>('SELECT id FROM webhooks');
        return new WebhookHealthRepository(db).of(
          tenantId,
          webhooks.map(({ id }) => id),
        );
      },
    ],
  ])('%s are read within 50 ms, 19 times of 20', async (what, read) => {
    await read();
    const times: number[] = [];
    for (let i = 0; i < CALLS; i++) {
      const begin = performance.now();
      await read();
      times.push(performance.now() - begin);
    }
    times.sort((one, other) => one - other);
    const [p50, p95] = [times[CALLS / 2]!, times[Math.floor(CALLS * 0.95)]!];
    process.stdout.write(`${what}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`);
    expect(p95).toBeLessThan(MOST_MS);
  });
});
