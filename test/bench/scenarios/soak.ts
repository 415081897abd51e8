import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient, eventually, startRedis, startSchoolbell } from '../../support/index.js';
import type { Schoolbell } from '../../support/index.js';
import { BenchProcess } from '../bench-process.js';
import { memoryOf } from '../cpu.js';
import { percentile } from '../figures/statistics.js';
import type { LoadReport } from '../processes/load-generator.js';
import type { SoakReception } from '../processes/soak-receiver.js';
import { faultsOf } from './soak-faults.js';
import type { SoakMinute, SoakReport } from './soak-report.js';

interface SoakSize {
  minutes: number;
  /** Events a second, each for one webhook. */
  perSecond: number;
}

const FLAKY = { retrySchedule: [2, 5], autoPauseAfter: 0 };

/** Of twenty webhooks ten are healthy, six (30 %) fail each event once, and four misbehave in ways of their own. */
const WEBHOOKS: readonly { path: string; settings?: Record<string, unknown> }[] = [
  ...Array.from({ length: 10 }, (_, n) => ({ path: `/healthy/${n}` })),
  ...Array.from({ length: 6 }, (_, n) => ({ path: `/flaky/${n}`, settings: FLAKY })),
  { path: '/hanging', settings: { timeoutSeconds: 5, autoPauseAfter: 0 } },
  { path: '/limited', settings: { rateLimit: 10 } },
  { path: '/ordered', settings: { ordering: 'session' } },
  { path: '/paused-now-and-then' },
];
const ORDERED = WEBHOOKS.findIndex(({ path }) => path === '/ordered');
const PAUSING = WEBHOOKS.findIndex(({ path }) => path === '/paused-now-and-then');
const SESSIONS = 50;
const WARM_UP_SECONDS = 20;
const MINUTE_MS = 60_000;
const PAUSE_MS = 20_000;
const MIB = 2 ** 20;

/** Half load for a long time beside receivers that misbehave, with exact books at the end. */
export async function soak(size: SoakSize, say: (line: string) => void): Promise<SoakReport> {
  const [receiver, generator, redis] = await Promise.all([
    BenchProcess.start('soak-receiver'),
    BenchProcess.start('load-generator'),
    startRedis(),
  ]);
  const schoolbell = await startSchoolbell({ redisUrl: redis.url });
  try {
    const webhookIds = await register(schoolbell, await receiver.call<number>('listen'));
    const posting = post(schoolbell, generator, size);
    const stopPausing = pauseNowAndThen(schoolbell, webhookIds[PAUSING]!);
    await sleep(WARM_UP_SECONDS * 1000);
    await receiver.call('report');
    const minutes: SoakMinute[] = [];
    while (minutes.length < size.minutes) {
      await sleep(MINUTE_MS);
      minutes.push(await minuteOf(schoolbell, await receiver.call('report')));
      say(`minute ${minutes.length}: ${JSON.stringify(minutes.at(-1))}`);
    }
    const { accepted, refused } = await posting;
    await stopPausing();
    await settled(schoolbell);
    const { taken: reception } = await receiver.call<SoakReception>('report');
    const states = await statesByPath(schoolbell);
    const report = { minutes, accepted, refused, states, reception };
    return { ...report, faults: faultsOf(report) };
  } finally {
    await schoolbell.stop();
    await redis.stop();
    receiver.stop();
    generator.stop();
  }
}

async function register({ apiUrl, tenantKey }: Schoolbell, port: number): Promise<string[]> {
  const api = apiClient(apiUrl, tenantKey);
  const ids: string[] = [];
  for (const [number, { path, settings }] of WEBHOOKS.entries()) {
    const { status, body } = await api.post('/v1/webhooks', {
      url: `http://127.0.0.1:${port}${path}`,
      events: ['session.completed'],
      scopes: { packageIds: [`pkg_${number}`] },
      ...settings,
    });
    if (status !== 201) throw new Error(`No webhook: ${status} ${JSON.stringify(body)}`);
    ids.push(body.id);
  }
  return ids;
}

function post(
  { apiUrl, platformKey, tenantId }: Schoolbell,
  generator: BenchProcess,
  { minutes, perSecond }: SoakSize,
): Promise<LoadReport> {
  const seconds = minutes * 60 + WARM_UP_SECONDS;
  return generator.call<LoadReport>('post', {
    port: Number(new URL(apiUrl).port),
    headers: { Authorization: `Bearer ${platformKey}`, 'X-Tenant-Id': tenantId },
    first: 0,
    events: seconds * perSecond,
    packages: WEBHOOKS.length,
    connections: 64,
    batch: 1,
    rate: perSecond,
    sessions: { packageNumber: ORDERED, count: SESSIONS },
  });
}

/** @returns a function that stops it and leaves the webhook active */
function pauseNowAndThen({ apiUrl, tenantKey }: Schoolbell, id: string): () => Promise<void> {
  const api = apiClient(apiUrl, tenantKey);
  const stopping = new AbortController();
  const pausing = (async () => {
    while (!stopping.signal.aborted) {
      await api.post(`/v1/webhooks/${id}/pause`);
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      await api.post(`/v1/webhooks/${id}/resume`);
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await pausing;
  };
}

async function minuteOf(
  { database, api, dispatchers }: Schoolbell,
  { latencies }: SoakReception,
): Promise<SoakMinute> {
  const [row] = await database.query<{ bytes: number; waiting: number }>(
    `SELECT pg_indexes_size('due_deliveries')::float8 AS bytes,
       (SELECT count(*)::integer FROM due_deliveries) AS waiting`,
  );
  const tenths = (value: number): number => Math.round(value * 10) / 10;
  return {
    p50: tenths(percentile(latencies, 0.5)),
    p99: tenths(percentile(latencies, 0.99)),
    apiMiB: Math.round(memoryOf(api.pid).now / MIB),
    dispatcherMiB: Math.round(memoryOf(dispatchers[0]!.pid).now / MIB),
    dueIndexesMiB: tenths(row!.bytes / MIB),
    waiting: row!.waiting,
  };
}

/** Resolves once only the hanging receiver and the one with a rate limit still have waiting deliveries. */
async function settled({ database }: Schoolbell): Promise<void> {
  const check = async (): Promise<boolean> => {
    const [row] = await database.query<{ waiting: number }>(
      `SELECT count(*)::integer AS waiting FROM due_deliveries d JOIN webhooks w ON w.id = d.webhook_id
       WHERE w.url NOT LIKE '%/hanging' AND w.url NOT LIKE '%/limited'`,
    );
    return row!.waiting === 0;
  };
  await eventually(check, { timeoutMs: 60_000, intervalMs: 500 });
  // Attempts at the limited receiver that are under way have to be recorded too.
  await database.query(`UPDATE webhooks SET status = 'paused' WHERE url LIKE '%/limited'`);
  await sleep(2000);
}

async function statesByPath({ database }: Schoolbell): Promise<SoakReport['states']> {
  const rows = await database.query<{ path: string; status: string; count: number }>(
    `SELECT substring(w.url FROM '//[^/]+(/.*)') AS path, d.status, count(*)::integer AS count
     FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
     WHERE d.event_type = 'session.completed' GROUP BY path, d.status`,
  );
  const states: SoakReport['states'] = {};
  for (const { path, status, count } of rows) (states[path] ??= {})[status] = count;
  return states;
}
