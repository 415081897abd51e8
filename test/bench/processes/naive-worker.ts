// Baseline: the other half of naive-api. One job, one read, one request, one write per delivery.
import { createHmac } from 'node:crypto';
import { Worker } from 'bullmq';
import { Pool } from 'pg';
import { request } from 'undici';
import type { NaiveSettings } from './naive-api.ts';
import { serveCommands } from './serve-commands.ts';

/** More would not make it faster. */
const CONCURRENCY = 100;

interface DeliveryRow {
  event_id: string;
  type: string;
  payload: string;
  url: string;
  secret: string;
}

type Send = (url: string, headers: Record<string, string>, body: string) => Promise<number>;

const SENDERS: Record<'fetch' | 'undici', Send> = {
  fetch: async (url, headers, body) => {
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  },
  undici: async (url, headers, body) => {
    const response = await request(url, { method: 'POST', headers, body });
    await response.body.text();
    return response.statusCode;
  },
};

serveCommands({ start });

async function start(settings: NaiveSettings & { sender: 'fetch' | 'undici' }): Promise<void> {
  const pool = new Pool({ connectionString: settings.databaseUrl, max: 10 });
  const send = SENDERS[settings.sender];
  const worker = new Worker<{ deliveryId: string }>(
    'naive',
    ({ data }) => deliver(pool, send, data.deliveryId),
    { connection: { url: settings.redisUrl }, concurrency: CONCURRENCY },
  );
  worker.on('failed', (_job, error) => process.stderr.write(`naive worker: ${error.stack}\n`));
  await worker.waitUntilReady();
}

async function deliver(pool: Pool, send: Send, deliveryId: string): Promise<void> {
  const { rows } = await pool.query<DeliveryRow>(
    `SELECT d.event_id, e.type, e.payload, w.url, w.secret FROM deliveries d
     JOIN events e ON e.id = d.event_id JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1`,
    [deliveryId],
  );
  const { event_id: id, type, payload, url, secret } = rows[0]!;
  const body = `{"id":"${id}","type":"${type}","data":${payload}}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signed}`,
  };
  const status = await send(url, headers, body);
  await pool.query(
    `UPDATE deliveries SET status = 'delivered', response_status = $2, attempted_at = now()
     WHERE id = $1`,
    [deliveryId, status],
  );
}
