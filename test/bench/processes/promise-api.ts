// Baseline: the smallest honest program that keeps the promise. It answers an event once the event is committed.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { serveCommands } from './serve-commands.ts';

export interface PromiseSettings {
  databaseUrl: string;
}

/** How long events gather for the next flush while none is under way. Milliseconds. */
const LINGER_MS = 4;
const MOST_PER_FLUSH = 500;
/** Separates payloads, since it cannot occur in JSON. */
const SEPARATOR = '\x1e';
const INSERT = {
  name: 'insert',
  text: `INSERT INTO events (id, webhook_id, payload)
         SELECT $1::bigint + n, w, p
         FROM unnest($2::integer[], string_to_array($3, E'\\x1e')) WITH ORDINALITY AS e (w, p, n)`,
};

interface Accepted {
  webhookId: number;
  payload: string;
  response: ServerResponse;
}

let pool: Pool;
let webhooks: Map<string, number>;
/** There is one API, so that ids are committed in order: the sender continues after the last id that it read. */
let lastId = 0;
let waiting: Accepted[] = [];
let flushing = false;

serveCommands({ start });

/** @returns the port */
async function start({ databaseUrl }: PromiseSettings): Promise<number> {
  pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const { rows } = await pool.query<{ id: number; package_id: string }>('SELECT * FROM webhooks');
  webhooks = new Map(rows.map(({ id, package_id: packageId }) => [packageId, id]));
  const last = await pool.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM events');
  lastId = Number(last.rows[0]!.id);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => accept(bodyOf(chunks), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  return (server.address() as AddressInfo).port;
}

function bodyOf(chunks: Buffer[]): string {
  return (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString();
}

function accept(payload: string, response: ServerResponse): void {
  const webhookId = webhookFor(payload);
  if (webhookId === undefined) {
    response.writeHead(422).end();
    return;
  }
  waiting.push({ webhookId, payload, response });
  if (!flushing) {
    flushing = true;
    setTimeout(() => void flush(), LINGER_MS);
  }
}

/** @returns undefined if no webhook wants the event */
function webhookFor(payload: string): number | undefined {
  try {
    const { type, data } = JSON.parse(payload) as { type?: unknown; data?: { packageId: string } };
    return typeof type === 'string' ? webhooks.get(data!.packageId) : undefined;
  } catch {
    return undefined;
  }
}

/** One flush at a time. */
async function flush(): Promise<void> {
  const events = waiting.splice(0, MOST_PER_FLUSH);
  const first = lastId;
  lastId += events.length;
  const webhookIds = `{${events.map(({ webhookId }) => webhookId).join(',')}}`;
  const payloads = events.map(({ payload }) => payload).join(SEPARATOR);
  const stored = await pool.query({ ...INSERT, values: [first, webhookIds, payloads] }).then(
    () => true,
    () => false,
  );
  for (const [index, { response }] of events.entries()) answer(response, stored, first + 1 + index);
  if (waiting.length === 0) flushing = false;
  else setTimeout(() => void flush(), waiting.length < MOST_PER_FLUSH ? LINGER_MS : 0);
}

function answer(response: ServerResponse, stored: boolean, id: number): void {
  if (!stored) response.writeHead(503).end();
  else {
    const body = `{"id":"${id}"}`;
    const type = 'application/json';
    response.writeHead(202, ['Content-Type', type, 'Content-Length', String(body.length)]);
    response.end(body);
  }
}
