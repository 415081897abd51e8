import { randomBytes } from 'node:crypto';
import { toTypeId } from '@schoolbell/ids';
import { freePort } from '@schoolbell/process';
import { apiClient, eventually, seedKey, type TestDatabase } from '../../support/index.js';
import { ServiceProcess } from '../../support/service-process.js';
import { median } from '../figures/statistics.js';
import { databaseWithHistory } from './history.js';

const WARM_UP = 100;
const DEAD_LETTERS = 500;

interface ReadsOptions {
  /** Folder of the other checkout, built. */
  against: string;
  /** Deliveries of the tenant. */
  history: number;
  /** Requests for each read, to each of the two APIs. */
  rounds: number;
}

interface ComparedRead {
  name: string;
  /** The other checkout's median, in milliseconds. */
  before: number;
  now: number;
}

/**
 * Sends the same reads over the same database through the API of this checkout and of another one, one request at a
 * time and in turns, so that other work on the machine affects both alike.
 */
export async function compareReads(
  options: ReadsOptions,
  tell: (read: ComparedRead) => void,
): Promise<void> {
  const database = await databaseWithHistory(options.history);
  const key = await seedKey(database, { tenantUuid: await tenantOf(database) });
  const encryptionKey = randomBytes(32).toString('base64');
  const apis = [];
  try {
    for (const root of [options.against, undefined]) {
      apis.push(await startApi(database, encryptionKey, root));
    }
    const [before, now] = apis.map(({ url }) => apiClient(url, key)) as [Client, Client];
    await addWebhooks(database, now);
    for (const [name, path] of Object.entries(await pathsOf(database))) {
      tell({ name, ...(await byTurns(path, options.rounds, { before, now })) });
    }
  } finally {
    await Promise.all(apis.map(({ process }) => process.term()));
    await database.drop();
  }
}

type Client = ReturnType<typeof apiClient>;

async function byTurns(path: string, rounds: number, clients: { before: Client; now: Client }) {
  const times = { before: [] as number[], now: [] as number[] };
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const which of round % 2 === 0 ? BOTH : BOTH.toReversed()) {
      const ms = await timeOf(clients[which], path);
      if (round >= 0) times[which].push(ms);
    }
  }
  return { before: median(times.before), now: median(times.now) };
}

const BOTH = ['before', 'now'] as const;

async function timeOf(client: Client, path: string): Promise<number> {
  const start = performance.now();
  const { status } = await client.get(path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return performance.now() - start;
}

async function startApi(database: TestDatabase, encryptionKey: string, root?: string) {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: encryptionKey,
    JWT_SECRET: randomBytes(32).toString('base64'),
    HOST: '127.0.0.1',
    PORT: String(port),
    EGRESS_LOOPBACK: 'true',
  };
  const api = new ServiceProcess('api', env, root);
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/health/ready`)).status === 200;
  await eventually(isReady, { timeoutMs: 60_000, intervalMs: 100 }).catch(() => {
    throw new Error(`The API did not become ready:\n${api.logs}`);
  });
  return { process: api, url };
}

async function tenantOf(database: TestDatabase): Promise<string> {
  const [tenant] = await database.query<{ id: string }>('SELECT id FROM tenants');
  return tenant!.id;
}

/** The webhooks of the history, as copies of one that is registered as customers do. */
async function addWebhooks(database: TestDatabase, client: Client): Promise<void> {
  const settings = { url: 'https://receiver.example/hooks', events: ['*'] };
  const { status, body } = await client.post('/v1/webhooks', settings);
  if (status !== 201) throw new Error(`No webhook: ${status} ${JSON.stringify(body)}`);
  await database.query(
    `INSERT INTO webhooks
     SELECT (jsonb_populate_record(w, jsonb_build_object('id', d.webhook_id))).*
     FROM webhooks w, (SELECT md5(n::text)::uuid AS webhook_id FROM generate_series(0, 49) n) d`,
  );
  await database.query(
    `UPDATE deliveries SET status = 'dead', dead_at = now() WHERE id IN (
       SELECT id FROM deliveries ORDER BY id DESC LIMIT ${DEAD_LETTERS})`,
  );
  await database.query('VACUUM ANALYZE webhooks, deliveries');
}

/** The reads, by their names in the report. */
async function pathsOf(database: TestDatabase): Promise<Record<string, string>> {
  const [row] = await database.query<Record<'id' | 'event_id' | 'webhook_id', string>>(
    'SELECT id, event_id, webhook_id FROM deliveries ORDER BY id DESC OFFSET 5000 LIMIT 1',
  );
  const deliveryId = toTypeId('delivery', row!.id);
  const eventId = toTypeId('event', row!.event_id);
  const webhookId = toTypeId('webhook', row!.webhook_id);
  return {
    'GET /v1/deliveries': '/v1/deliveries',
    'GET /v1/deliveries?webhookId': `/v1/deliveries?webhookId=${webhookId}`,
    'GET /v1/deliveries?q (a learner)': '/v1/deliveries?q=lrn_77',
    'GET /v1/deliveries?status=pending': '/v1/deliveries?status=pending',
    'GET /v1/dead-letters': '/v1/dead-letters',
    'GET /v1/events': '/v1/events',
    'GET /v1/events?type': '/v1/events?type=session.completed',
    'GET /v1/deliveries/{id}': `/v1/deliveries/${deliveryId}`,
    'GET /v1/events/{id}': `/v1/events/${eventId}`,
    'GET /v1/webhooks/{id}/stats': `/v1/webhooks/${webhookId}/stats`,
  };
}
