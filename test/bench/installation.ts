import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import {
  apiClient,
  createDatabase,
  eventually,
  startSchoolbell,
  type TestDatabase,
} from '../support/index.js';
import { cpuOf, type Watched } from './cpu.js';
import type { Harness } from './harness.js';
import { startLikeNpm, type BenchedSchoolbell, type NpmStartCounts } from './npm-start.js';
import type { Load, LoadReport } from './processes/load-generator.js';

export interface InstallationOptions {
  /** BullMQ on Redis (default) or on Postgres. */
  queue?: 'redis' | 'postgres';
  webhooks?: number;
  /** Webhooks that want each event. Default 1. */
  perEvent?: number;
  /** Default: as many as the options say. */
  dispatchers?: number;
  /** A database with a history. Default: an empty one. */
  database?: () => Promise<TestDatabase>;
  /** Settings of the webhooks. */
  settings?: Record<string, unknown>;
  /** Whether `npm start` starts and supervises APIs and dispatchers. Default: the bench starts them. */
  npmStart?: NpmStartCounts;
}

export type CpuByProcess = Record<
  'api' | 'dispatcher' | 'postgres' | 'redis' | 'receiver' | 'generator',
  number
>;

/** Requests under way at full load: as many as a fleet of runtimes makes, and enough to fill the API's batches. */
export const FULL_LOAD_CONNECTIONS = 256;

/** One key for all installations: those with a history share its database. */
export const ENCRYPTION_KEY = randomBytes(32).toString('base64');

/** Without the cache of compiled code that tests use. */
const AS_CUSTOMERS_START_IT = { NODE_DISABLE_COMPILE_CACHE: '1' };

/** A Schoolbell of its own with webhooks, and everything needed to load it and to check its books. */
export class Installation {
  private posted = 0;

  private constructor(
    readonly schoolbell: BenchedSchoolbell,
    readonly perEvent: number,
    private readonly packages: number,
    private readonly database: TestDatabase,
    private readonly harness: Harness,
    private readonly before: number,
  ) {}

  static async start(harness: Harness, options: InstallationOptions = {}): Promise<Installation> {
    const { queue = 'redis', webhooks = 50, perEvent = 1 } = options;
    const { dispatchers = inject('bench').dispatchers } = options;
    const database = await (options.database ?? createDatabase)();
    await harness.redis.flush();
    await harness.expect();
    const redisUrl = queue === 'redis' ? harness.redis.url : undefined;
    const env = { ENCRYPTION_KEY, ...AS_CUSTOMERS_START_IT, ...profiling() };
    const withRedis = { ...env, ...(redisUrl && { REDIS_URL: redisUrl }) };
    const schoolbell: BenchedSchoolbell = options.npmStart
      ? await startLikeNpm({ database, env: withRedis, ...options.npmStart })
      : await startSchoolbell({ database, dispatchers, redisUrl, env });
    const packages = Math.floor(webhooks / perEvent);
    await register(schoolbell, harness, { count: packages * perEvent, packages }, options.settings);
    const before = await countOf(database);
    return new Installation(schoolbell, perEvent, packages, database, harness, before);
  }

  async stop(): Promise<void> {
    const { profile } = inject('bench');
    if (profile) await writeStatements(this.database, profile);
    await this.schoolbell.stop();
    await this.database.drop();
  }

  /** Posts events, numbered on from those posted before. */
  async post(events: number, how: Partial<Load> = {}): Promise<LoadReport> {
    const first = this.posted;
    this.posted += events;
    return this.harness.post({
      port: Number(new URL(this.schoolbell.apiUrl).port),
      headers: {
        Authorization: `Bearer ${this.schoolbell.platformKey}`,
        'X-Tenant-Id': this.schoolbell.tenantId,
      },
      first,
      events,
      packages: this.packages,
      connections: FULL_LOAD_CONNECTIONS,
      batch: 1,
      ...how,
    });
  }

  /** Posts events, waits until all are delivered and recorded, and forgets them. */
  async warmUp(events: number, how: Partial<Load> = {}): Promise<void> {
    await this.post(events, how);
    await this.harness.received(events * this.perEvent);
    await this.settled();
    await this.harness.expect();
  }

  /** Deliveries by status, since the start. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.database.query<{ status: string; count: number }>(
      'SELECT status, count(*)::integer AS count FROM deliveries GROUP BY status',
    );
    const states = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    return { ...states, delivered: (states['delivered'] ?? 0) - this.before };
  }

  /** Resolves once every posted delivery is recorded as delivered. */
  async settled(): Promise<void> {
    const deliveries = this.posted * this.perEvent;
    const check = async (): Promise<boolean> => (await this.states())['delivered'] === deliveries;
    await eventually(check, { timeoutMs: 20_000, intervalMs: 50 });
  }

  cpu(): CpuByProcess {
    const { api, otherApis = [], dispatchers } = this.schoolbell;
    const processes: Record<keyof CpuByProcess, Watched[]> = {
      api: [api, ...otherApis].map(({ pid }) => ({ pid })),
      // Filters and templates are evaluated in child processes.
      dispatcher: dispatchers.map(({ pid }) => ({ pid, withChildren: true })),
      postgres: [postgresProcess()],
      redis: [this.harness.redisProcess],
      ...this.harness.processes,
    };
    return cpuOf(processes);
  }

  /** @param count default: as many as the options say */
  addDispatchers(count = inject('bench').dispatchers): void {
    for (let i = 0; i < count; i++) this.schoolbell.addDispatcher();
  }

  query<Row>(sql: string, values?: unknown[]): Promise<Row[]> {
    return this.database.query<Row>(sql, values);
  }
}

/** Postgres with its backends. Everything on it is counted, so only one measurement may run at a time. */
export function postgresProcess(): Watched {
  return { pid: inject('postgresPid'), withChildren: true };
}

/** With `--profile`, API and dispatcher write a CPU profile when they stop. */
function profiling(): Record<string, string> {
  const { profile } = inject('bench');
  return profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {};
}

/** Writes what Postgres spent its time on, beside the profiles of the processes. */
async function writeStatements(database: TestDatabase, folder: string): Promise<void> {
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const statements = await database.query(
    `SELECT left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 100) AS query, calls::integer,
       round(total_exec_time::numeric, 1)::float8 AS ms, rows::integer,
       round((total_exec_time / calls)::numeric, 3)::float8 AS ms_per_call, shared_blks_hit::integer AS hits,
       wal_bytes::float8 AS wal_bytes, wal_records::integer, wal_fpi::integer AS wal_page_images
     FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     ORDER BY total_exec_time DESC LIMIT 20`,
  );
  await mkdir(folder, { recursive: true });
  const file = join(folder, `statements-${Date.now()}.json`);
  await writeFile(file, `${JSON.stringify(statements, null, 2)}\n`);
}

/** Registers the first webhook by the API, as a customer would; the others are copies with another URL and package. */
async function register(
  { apiUrl, tenantKey, database }: BenchedSchoolbell,
  harness: Harness,
  { count, packages }: { count: number; packages: number },
  settings: Record<string, unknown> = {},
): Promise<void> {
  const { status, body } = await apiClient(apiUrl, tenantKey).post('/v1/webhooks', {
    url: harness.urlOf(0),
    events: ['session.completed'],
    scopes: { packageIds: ['pkg_0'] },
    ...settings,
  });
  if (status !== 201) throw new Error(`No webhook: ${status} ${JSON.stringify(body)}`);
  const others = Array.from({ length: count - 1 }, (_, index) => index + 1);
  await database.query(
    `INSERT INTO webhooks
     SELECT (jsonb_populate_record(w, jsonb_build_object(
       'id', new_uuid_v7(), 'url', o.url, 'package_ids', ARRAY[o.package]))).*
     FROM webhooks w, unnest($1::text[], $2::text[]) AS o (url, package)`,
    [
      others.map((webhook) => harness.urlOf(webhook)),
      others.map((webhook) => `pkg_${webhook % packages}`),
    ],
  );
  await database.query('ANALYZE webhooks');
}

async function countOf(database: TestDatabase): Promise<number> {
  const rows = await database.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM deliveries',
  );
  return rows[0]!.count;
}
