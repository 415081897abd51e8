import { cpuOf, difference, type Watched } from '../cpu.js';
import { BenchProcess } from '../bench-process.js';
import type { Harness } from '../harness.js';
import { FULL_LOAD_CONNECTIONS } from '../installation.js';
import type { Load } from '../processes/load-generator.js';
import { createDatabase, type TestDatabase } from '../../support/index.js';
import type { Size } from './end-to-end.js';

const WEBHOOKS = 50;

const TABLES = [
  'CREATE SCHEMA naive',
  'CREATE TABLE naive.webhooks (id uuid PRIMARY KEY, package_id text, url text, secret text)',
  'CREATE INDEX ON naive.webhooks (package_id)',
  `CREATE TABLE naive.events (id uuid PRIMARY KEY, type text, payload text,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE naive.deliveries (id uuid PRIMARY KEY, event_id uuid NOT NULL,
     webhook_id uuid NOT NULL, status text NOT NULL DEFAULT 'pending', response_status integer,
     attempted_at timestamptz, created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX ON naive.deliveries (webhook_id, created_at)',
];

/** Deliveries per second, and CPU per delivery, of a design with one job and one query each. */
export async function naive(
  harness: Harness,
  size: Size,
  sender: 'fetch' | 'undici',
): Promise<{ perSecond: number; cpu: number }> {
  const database = await createDatabase();
  const [api, worker] = await Promise.all([
    BenchProcess.start('naive-api'),
    BenchProcess.start('naive-worker'),
  ]);
  try {
    await harness.redis.flush();
    await harness.expect();
    await makeTables(database, harness);
    const databaseUrl = `${database.url}?options=-c%20search_path%3Dnaive`;
    const settings = { databaseUrl, redisUrl: harness.redis.url };
    const port = await api.call<number>('start', settings);
    await worker.call('start', { ...settings, sender });
    const load = {
      port,
      headers: {},
      packages: WEBHOOKS,
      connections: FULL_LOAD_CONNECTIONS,
      batch: 1,
    };
    return await measure(harness, size, load, [{ pid: api.pid }, { pid: worker.pid }]);
  } finally {
    api.stop();
    worker.stop();
    await database.drop();
  }
}

async function measure(
  harness: Harness,
  { warmUp, events }: Size,
  load: Omit<Load, 'first' | 'events'>,
  processes: Watched[],
): Promise<{ perSecond: number; cpu: number }> {
  await harness.post({ ...load, first: 0, events: warmUp });
  await harness.received(warmUp);
  await harness.calm();
  await harness.expect();
  const before = cpuOf({ processes });
  const { startedAt } = await harness.post({ ...load, first: warmUp, events });
  await harness.received(events);
  const used = difference(cpuOf({ processes }), before).processes;
  const { arrivedAt } = await harness.reception();
  return { perSecond: events / ((arrivedAt.at(-1)! - startedAt) / 1000), cpu: used / events };
}

async function makeTables(database: TestDatabase, harness: Harness): Promise<void> {
  for (const statement of TABLES) await database.query(statement);
  const numbers = Array.from({ length: WEBHOOKS }, (_, index) => index);
  await database.query(
    `INSERT INTO naive.webhooks
     SELECT gen_random_uuid(), package, url, 'whsec_bench'
     FROM unnest($1::text[], $2::text[]) AS w (package, url)`,
    [numbers.map((number) => `pkg_${number}`), numbers.map((number) => harness.urlOf(number))],
  );
}
