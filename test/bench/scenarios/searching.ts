import { toTypeId } from '@schoolbell/ids';
import { TENANT_PERMISSIONS } from '@schoolbell/identity';
import {
  apiClient,
  type ApiClient,
  seedKey,
  startSchoolbell,
  type TestDatabase,
} from '../../support/index.js';
import { inject } from 'vitest';
import { cpuOf } from '../cpu.js';
import { ENCRYPTION_KEY } from '../installation.js';
import { median, percentile } from '../figures/statistics.js';
import { SEARCHED_CALLS, type Searched } from './searched-calls.js';

/** Measured calls of each kind, after those that warm up. */
const CALLS = 60;
const WARM_UP = 5;
const REJECTIONS = 60_000;
const EXAMPLES = 500;
/** Posts one after the other, alone and beside the calls. */
const POSTS = 200;
/** The lists that an API reads at once for one tenant. */
const SEARCHING_AT_ONCE = 2;

/** Times of one kind of call, in milliseconds. */
interface TimesOfCalls {
  p50: number;
  p95: number;
  /** CPU of API and Postgres together: on a busy machine it says more than the time. */
  cpu: number;
}

export interface Searching {
  calls: Record<string, TimesOfCalls>;
  slowestP95: number;
  /** Milliseconds until a post is accepted, alone and beside the calls. */
  accepting: { alone: number; beside: number };
}

/** How long searches take in a history of this many deliveries, and what they cost those who post. */
export async function searching(database: TestDatabase, deliveries: number): Promise<Searching> {
  const [row] = await database.query<{ id: string }>(
    `SELECT id FROM tenants WHERE name = 'History'`,
  );
  const tenantUuid = row!.id;
  await completeHistory(database, tenantUuid);
  const key = await seedKey(database, { tenantUuid, permissions: TENANT_PERMISSIONS });
  const schoolbell = await startSchoolbell({ database, dispatchers: 0, env: { ENCRYPTION_KEY } });
  try {
    const api = apiClient(schoolbell.apiUrl, key);
    const history = await examplesOf(database, deliveries);
    const calls: Searching['calls'] = {};
    const cpu = (): number => cpuOfBoth(schoolbell.api.pid);
    for (const [name, pathOf] of Object.entries(SEARCHED_CALLS)) {
      calls[name] = await timesOf(api, () => pathOf(history), cpu);
    }
    const slowestP95 = Math.max(...Object.values(calls).map(({ p95 }) => p95));
    const poster = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
    return { calls, slowestP95, accepting: await accepting(poster, api, history) };
  } finally {
    await schoolbell.stop();
  }
}

async function timesOf(
  api: ApiClient,
  pathOf: () => string,
  cpu: () => number,
): Promise<TimesOfCalls> {
  for (let i = 0; i < WARM_UP; i++) await timeOf(api, pathOf());
  const times: number[] = [];
  const before = cpu();
  for (let i = 0; i < CALLS; i++) times.push(await timeOf(api, pathOf()));
  const spent = cpu() - before;
  return { p50: median(times), p95: percentile(times, 0.95), cpu: spent / CALLS };
}

async function timeOf(api: ApiClient, path: string): Promise<number> {
  const before = performance.now();
  const { status, body } = await api.get(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return performance.now() - before;
}

async function accepting(
  poster: ApiClient,
  api: ApiClient,
  history: Searched,
): Promise<Searching['accepting']> {
  await timesOfPosts(poster);
  const alone = median(await timesOfPosts(poster));
  let isOver = false;
  const paths = Object.values(SEARCHED_CALLS);
  const searchers = Array.from({ length: SEARCHING_AT_ONCE }, async () => {
    while (!isOver) await timeOf(api, paths[history.random(paths.length)]!(history));
  });
  const beside = median(await timesOfPosts(poster));
  isOver = true;
  await Promise.all(searchers);
  return { alone, beside };
}

async function timesOfPosts(poster: ApiClient): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < POSTS; i++) {
    const before = performance.now();
    const { status } = await poster.post('/v1/events', {
      type: 'session.completed',
      data: { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' },
    });
    if (status !== 202) throw new Error(`Not accepted: ${status}`);
    times.push(performance.now() - before);
  }
  return times;
}

/** CPU of API and Postgres so far, in milliseconds. */
function cpuOfBoth(apiPid: number): number {
  const { api, postgres } = cpuOf({
    api: [{ pid: apiPid }],
    postgres: [{ pid: inject('postgresPid'), withChildren: true }],
  });
  return (api + postgres) / 1_000;
}

/** The history's deliveries name webhooks that need not exist; users who look at it see them. */
async function completeHistory(database: TestDatabase, tenantUuid: string): Promise<void> {
  await database.query(
    `INSERT INTO webhooks (id, tenant_id, url, event_types, format, authentication, headers, secret,
       timeout_seconds, retry_schedule, auto_pause_after, delivery, metadata, status)
     SELECT md5(n::text)::uuid, $1, 'https://receiver.example/hook', '{session.completed}', 'allureconnect', '', '',
       '', 10, '{30}', 5, '{}', '{}', 'active'
     FROM generate_series(0, 49) n ON CONFLICT DO NOTHING`,
    [tenantUuid],
  );
  await database.query(
    `INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, key_prefix, key_name,
       request_id, events, type, session_id, learner_id)
     SELECT uuidv7(ago), $1, now() + ago, 'postEvent', 422, 'validation_failed', 'data.packageId is required', '[]',
       'A11111111111', 'Runtime', 'req_' || n, 1, 'session.completed', 'ses_' || n, 'lrn_' || n % 1000
     FROM generate_series(1, $2::integer) n, LATERAL (SELECT -n * interval '1 second' AS ago) a
     WHERE NOT EXISTS (SELECT FROM event_rejections)`,
    [tenantUuid, REJECTIONS],
  );
  await database.query(
    `INSERT INTO event_rejection_subjects (rejection_id, subject_id, tenant_id)
     SELECT r.id, unnest(ARRAY[r.session_id, r.learner_id]), r.tenant_id FROM event_rejections r
     ON CONFLICT DO NOTHING`,
  );
  await database.query('VACUUM ANALYZE webhooks, event_rejections, event_rejection_subjects');
}

async function examplesOf(database: TestDatabase, events: number): Promise<Searched> {
  const ids = (table: string): Promise<{ id: string }[]> =>
    database.query(`SELECT id FROM ${table} TABLESAMPLE SYSTEM (1) LIMIT ${EXAMPLES}`);
  const [ofEvents, ofDeliveries] = [await ids('events'), await ids('deliveries')];
  return {
    random: (below) => Math.floor(Math.random() * below),
    events,
    eventIds: ofEvents.map(({ id }) => toTypeId('event', id)),
    deliveryIds: ofDeliveries.map(({ id }) => toTypeId('delivery', id)),
  };
}
