// Baseline: the other half of promise-api. Claims, sends and records in batches, and retries failures.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { Agent } from 'undici';
import type { PromiseSettings } from './promise-api.ts';
import { serveCommands } from './serve-commands.ts';
import { signAndSend } from './sign-and-send.ts';

/** Requests in flight in total and per origin, as in the product. */
const MOST_IN_FLIGHT = 1_000;
const PER_ORIGIN = 8;
/** With fewer free slots than this, a claim is not worth its statement. */
const LEAST_PER_CLAIM = 100;
const MOST_PER_CLAIM = 500;
/** How often to look for new events while there are none. Milliseconds. */
const POLL_MS = 4;
/** How long outcomes gather while no record is under way. Milliseconds. */
const GATHER_MS = 8;
const RETRY_MS = 5_000;

/**
 * There is one sender, so that reading on from the last id is a claim. After a restart it reads from the start, and
 * sends again what a crash kept from being recorded.
 */
const CLAIM = {
  name: 'claim',
  text: `SELECT id, webhook_id, payload FROM events
         WHERE id > $1 AND delivered_at IS NULL ORDER BY id LIMIT $2`,
};
const RECORD = {
  name: 'record',
  text: 'UPDATE events SET delivered_at = now() WHERE id = ANY($1::bigint[])',
};

interface Claimed {
  id: string;
  webhook_id: number;
  payload: string;
}

interface Webhook {
  origin: string;
  path: string;
  key: KeyObject;
}

const agent = new Agent({ connections: PER_ORIGIN, pipelining: 1 });
let pool: Pool;
let webhooks: Map<number, Webhook>;
let inFlight = 0;
let slotsCameFree: (() => void) | undefined;
let delivered: string[] = [];
let recording = false;

serveCommands({ start });

async function start({ databaseUrl }: PromiseSettings): Promise<void> {
  pool = new Pool({ connectionString: databaseUrl, max: 2 });
  const { rows } = await pool.query<{ id: number; url: string; secret: string }>(
    'SELECT * FROM webhooks',
  );
  webhooks = new Map(
    rows.map(({ id, url, secret }) => {
      const { origin, pathname: path } = new URL(url);
      return [id, { origin, path, key: createSecretKey(Buffer.from(secret)) }];
    }),
  );
  void claimOnAndOn();
}

async function claimOnAndOn(): Promise<never> {
  for (let after = '0'; ;) {
    await freeSlots();
    const wanted = Math.min(MOST_IN_FLIGHT - inFlight, MOST_PER_CLAIM);
    const { rows } = await pool.query<Claimed>({ ...CLAIM, values: [after, wanted] });
    after = rows.at(-1)?.id ?? after;
    inFlight += rows.length;
    for (const row of rows) void deliver(row);
    if (rows.length < wanted) await sleep(POLL_MS);
  }
}

async function freeSlots(): Promise<void> {
  if (MOST_IN_FLIGHT - inFlight >= LEAST_PER_CLAIM) return;
  await new Promise<void>((resolve) => (slotsCameFree = resolve));
}

/** Keeps its slot until it is delivered. */
async function deliver({ id, webhook_id: webhookId, payload }: Claimed): Promise<void> {
  const body = Buffer.from(`{"id":"${id}",${payload.slice(1)}`);
  const request = { ...webhooks.get(webhookId)!, id, body };
  while (!(await isTaken(signAndSend(agent, request)))) await sleep(RETRY_MS);
  inFlight--;
  if (MOST_IN_FLIGHT - inFlight >= LEAST_PER_CLAIM) slotsCameFree?.();
  delivered.push(id);
  if (!recording) {
    recording = true;
    setTimeout(() => void record(), GATHER_MS);
  }
}

function isTaken(answer: Promise<number>): Promise<boolean> {
  return answer.then(
    (status) => status >= 200 && status < 300,
    () => false,
  );
}

/** One record at a time. */
async function record(): Promise<void> {
  const ids = delivered;
  delivered = [];
  await pool.query({ ...RECORD, values: [`{${ids.join(',')}}`] });
  if (delivered.length === 0) recording = false;
  else setTimeout(() => void record(), GATHER_MS);
}
