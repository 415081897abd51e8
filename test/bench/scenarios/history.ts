import { randomBytes } from 'node:crypto';
import { AttemptCounter, openDatabase } from '@schoolbell/persistence';
import { createDatabase, type TestDatabase } from '../../support/index.js';

const PER_STATEMENT = 100_000;
/** The history lies in the days before now. */
const DAYS = 30;
/** Longer than attempts wait to be counted. */
const LATER_MS = 600_000;

/**
 * A database in which a busy tenant has made this many deliveries, each with its event and its attempt. All
 * measurements share one; call `drop` after the last.
 */
export async function databaseWithHistory(deliveries: number): Promise<TestDatabase> {
  const database = await createDatabase();
  await database.query(`INSERT INTO tenants (id, name) VALUES (new_uuid_v7(), 'History')`);
  await database.query(
    `CREATE UNLOGGED TABLE made
       (n integer, at timestamptz, event_id uuid, delivery_id uuid, attempt_id uuid)`,
  );
  for (let from = 0; from < deliveries; from += PER_STATEMENT) {
    const count = Math.min(PER_STATEMENT, deliveries - from);
    await insert(database, from, count, deliveries);
  }
  await database.query('DROP TABLE made');
  await countAttempts(database);
  await database.query('VACUUM ANALYZE');
  // Otherwise the writes of thirty days would be on their way to the disk now.
  await database.query('CHECKPOINT');
  return database;
}

/** As the dispatchers would have done all along. */
async function countAttempts({ url }: TestDatabase): Promise<void> {
  const db = openDatabase({ url, encryptionKeys: [randomBytes(32)] });
  await new AttemptCounter(db).count(new Date(Date.now() + LATER_MS));
  await db.close();
}

async function insert(
  database: TestDatabase,
  from: number,
  count: number,
  total: number,
): Promise<void> {
  await database.query('TRUNCATE made');
  await database.query(
    `INSERT INTO made
     SELECT n, now() + ago, uuidv7(ago), uuidv7(ago), uuidv7(ago)
     FROM generate_series($1::integer, $2::integer) n,
       LATERAL (SELECT -(1 - n::float8 / $3::integer) * interval '${DAYS} days' AS ago) a`,
    [from, from + count - 1, total],
  );
  for (const statement of STATEMENTS) await database.query(statement);
}

const TENANT = `(SELECT id FROM tenants WHERE name = 'History')`;
/** Fifty webhooks, whose ids need not belong to real ones. */
const WEBHOOK = `md5((n % 50)::text)::uuid`;

const STATEMENTS = [
  `INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, session_id, package_id,
     dispatch_id, learner_id, payload)
   SELECT event_id, ${TENANT}, 'session.completed', at, at, 'ses_' || n, 'pkg_' || n % 50, 'dsp_1',
     'lrn_' || n % 10000, '{"sessionId":"ses_' || n || '","padding":"' || repeat('x', 400) || '"}'
   FROM made`,
  `INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status, attempt_count,
     last_attempt_at, last_response_status, last_duration_ms, created_at)
   SELECT delivery_id, ${TENANT}, event_id, 'session.completed', ${WEBHOOK}, 'delivered', 1, at, 200, 5, at
   FROM made`,
  `INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
     request_headers, response_status, response_headers, response_body, total_ms)
   SELECT attempt_id, ${TENANT}, delivery_id, ${WEBHOOK}, 1, 'scheduled', 'delivered', at,
     'https://receiver.example/hooks', 'allureconnect', '{"padding":"' || repeat('x', 400) || '"}', 200,
     '{"content-type":"text/plain"}', 'ok', 5
   FROM made`,
];
