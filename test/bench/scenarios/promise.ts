import { createDatabase, eventually, type TestDatabase } from '../../support/index.js';
import { BenchProcess } from '../bench-process.js';
import { cpuOf, difference } from '../cpu.js';
import { assertBalanced } from '../figures/ledger.js';
import type { Harness } from '../harness.js';
import { FULL_LOAD_CONNECTIONS, postgresProcess } from '../installation.js';
import type { Load, LoadReport } from '../processes/load-generator.js';
import { drainedPerSecond } from './draining.js';
import type { Size } from './end-to-end.js';
import { LOW_LOAD_WARM_UP as WARM_UP } from './low-load.js';

const WEBHOOKS = 50;

/** Half of each page stays free, so that recording a row keeps it in its page and touches no index. */
const TABLES = [
  'CREATE SCHEMA promise',
  'CREATE TABLE promise.webhooks (id integer PRIMARY KEY, package_id text, url text, secret text)',
  `CREATE TABLE promise.events (id bigint PRIMARY KEY, webhook_id integer NOT NULL, payload text NOT NULL,
     accepted_at timestamptz NOT NULL DEFAULT now(), delivered_at timestamptz) WITH (fillfactor = 50)`,
];
/** The tables have no statistics at first, and a plan that scans a whole table would be kept. */
const SETTINGS = '?options=-c%20search_path%3Dpromise%20-c%20enable_seqscan%3Doff';

interface PromiseThroughput {
  /** Deliveries per second, from the first event posted to the last delivery received. */
  perSecond: number;
  /** Microseconds per delivery. */
  cpu: Record<'api' | 'sender' | 'postgres', number>;
}

/** Full load on the bare promise. */
export async function promiseEndToEnd(
  harness: Harness,
  { warmUp, events }: Size,
): Promise<PromiseThroughput> {
  const promise = await BarePromise.start(harness);
  try {
    await promise.startSender();
    const first = await promise.post(warmUp);
    await promise.delivered(warmUp);
    await harness.expect();
    const before = promise.cpu();
    const report = await promise.post(events);
    await promise.delivered(events);
    const used = difference(promise.cpu(), before);
    const arrivedAt = await promise.balance([first, report], warmUp);
    return {
      perSecond: events / ((arrivedAt.at(-1)! - report.startedAt) / 1000),
      cpu: {
        api: used.api / events,
        sender: used.sender / events,
        postgres: used.postgres / events,
      },
    };
  } finally {
    await promise.stop();
  }
}

/** Cores that its processes and Postgres use together when events come one by one. */
export async function promiseLowLoad(
  harness: Harness,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<number> {
  const promise = await BarePromise.start(harness);
  try {
    await promise.startSender();
    const first = await promise.post(WARM_UP);
    await promise.delivered(WARM_UP);
    await harness.expect();
    const events = rate * seconds;
    const [before, startedAt] = [promise.cpu(), performance.now()];
    const report = await promise.post(events, { rate });
    await harness.received(events);
    const { api, sender, postgres } = difference(promise.cpu(), before);
    const elapsedMicros = (performance.now() - startedAt) * 1000;
    await promise.delivered(events);
    await promise.balance([first, report], WARM_UP);
    return (api + sender + postgres) / elapsedMicros;
  } finally {
    await promise.stop();
  }
}

/** Deliveries per second when the bare promise's sender finds a backlog and nobody posts. */
export async function promiseDraining(harness: Harness, events: number): Promise<number> {
  const promise = await BarePromise.start(harness);
  try {
    const report = await promise.post(events);
    await harness.calm();
    await promise.startSender();
    await promise.delivered(events);
    return drainedPerSecond(await promise.balance([report], 0));
  } finally {
    await promise.stop();
  }
}

/** The two processes of the bare promise, and their database. */
class BarePromise {
  private posted = 0;

  private constructor(
    private readonly harness: Harness,
    private readonly database: TestDatabase,
    private readonly api: BenchProcess,
    private readonly sender: BenchProcess,
    private readonly port: number,
  ) {}

  static async start(harness: Harness): Promise<BarePromise> {
    const database = await createDatabase();
    await harness.expect();
    await makeTables(database, harness);
    const api = await BenchProcess.start('promise-api');
    const sender = await BenchProcess.start('promise-sender');
    const port = await api.call<number>('start', { databaseUrl: database.url + SETTINGS });
    return new BarePromise(harness, database, api, sender, port);
  }

  async startSender(): Promise<void> {
    await this.sender.call('start', { databaseUrl: this.database.url + SETTINGS });
  }

  async stop(): Promise<void> {
    this.api.stop();
    this.sender.stop();
    await this.database.drop();
  }

  post(events: number, how: Partial<Load> = {}): Promise<LoadReport> {
    const first = this.posted;
    this.posted += events;
    const { port } = this;
    const load = { port, headers: {}, packages: WEBHOOKS, batch: 1, first, events };
    return this.harness.post({ ...load, connections: FULL_LOAD_CONNECTIONS, ...how });
  }

  /** Resolves once this many more were received and everything that was posted is recorded. */
  async delivered(events: number): Promise<void> {
    await this.harness.received(events);
    const check = async (): Promise<boolean> => (await this.waiting()).waiting === 0;
    await eventually(check, { timeoutMs: 20_000, intervalMs: 50 });
  }

  cpu() {
    return cpuOf({
      api: [{ pid: this.api.pid }],
      sender: [{ pid: this.sender.pid }],
      postgres: [postgresProcess()],
    });
  }

  /**
   * @param before how many were received before the receivers last forgot
   * @returns when each was received
   * @throws VoidRunError
   */
  async balance(reports: readonly LoadReport[], before: number): Promise<Float64Array> {
    const { unique, duplicates, arrivedAt } = await this.harness.reception();
    assertBalanced({
      ...(await this.waiting()),
      posted: reports.reduce((sum, { accepted }) => sum + accepted, 0),
      failed: 0,
      received: before + unique,
      duplicates,
      refused: Object.assign({}, ...reports.map(({ refused }) => refused)),
    });
    return arrivedAt;
  }

  private async waiting(): Promise<{ delivered: number; waiting: number }> {
    const [row] = await this.database.query<{ delivered: number; waiting: number }>(
      `SELECT count(delivered_at)::integer AS delivered,
         count(*) FILTER (WHERE delivered_at IS NULL)::integer AS waiting FROM promise.events`,
    );
    return row!;
  }
}

async function makeTables(database: TestDatabase, harness: Harness): Promise<void> {
  for (const statement of TABLES) await database.query(statement);
  const urls = Array.from({ length: WEBHOOKS }, (_, webhook) => harness.urlOf(webhook));
  await database.query(
    `INSERT INTO promise.webhooks
     SELECT n - 1, 'pkg_' || n - 1, url, 'whsec_bench'
     FROM unnest($1::text[]) WITH ORDINALITY AS w (url, n)`,
    [urls],
  );
}
