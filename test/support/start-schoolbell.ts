import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from './create-database.js';
import { eventually } from './eventually.js';
import { reservedPort } from './reserved-port.js';
import { seedKey, seedTenant, type SeededTenant } from './seed.js';
import { ServiceProcess } from './service-process.js';

/** For a shared machine. */
const READY_TIMEOUT_MS = 90_000;

export interface SchoolbellOptions {
  /** An existing database, migrated and empty. Default: a new one, which `stop` drops. */
  database?: TestDatabase;
  /** Default: the queue lives in Postgres. */
  redisUrl?: string;
  /** Settings in addition to those that every test needs. */
  env?: Record<string, string>;
  /** Default 1; with 0 everything waits. */
  dispatchers?: number;
}

/** A tenant in a Schoolbell that has others as well. */
export interface JoinedSchoolbell extends SeededTenant {
  apiUrl: string;
  platformKey: string;
  /** The raw 32 bytes of `ENCRYPTION_KEY`. */
  encryptionKey: Buffer;
  database: TestDatabase;
  /** Ends what was started for this tenant alone. */
  stop(): Promise<void>;
}

/** Schoolbell with an API and its dispatchers, each a process of its own, and a tenant. */
export interface Schoolbell extends JoinedSchoolbell {
  api: ServiceProcess;
  dispatchers: ServiceProcess[];
  /**
   * Starts another dispatcher.
   *
   * @param env its settings in addition to those of all
   */
  addDispatcher(env?: Record<string, string>): ServiceProcess;
  /**
   * Starts another API on its own port, and resolves once it is ready.
   *
   * @param env its settings in addition to those of all
   * @returns its URL
   */
  addApi(env?: Record<string, string>): Promise<string>;
  /** Resolves once the API reports that it is ready, for example after a restart. */
  ready(): Promise<void>;
  /** Stops every process, and drops the database if it was created here. */
  stop(): Promise<void>;
}

/** Starts the compiled processes on free ports and waits until they are ready. */
export async function startSchoolbell(options: SchoolbellOptions = {}): Promise<Schoolbell> {
  const database = options.database ?? (await createDatabase());
  const tenant = await seedTenant(database);
  const platformKey = await seedKey(database);
  const encryptionKey = randomBytes(32);
  const port = await reservedPort();
  const env = environment(database.url, port, encryptionKey, options);
  const apiUrl = `http://127.0.0.1:${port}`;
  const schoolbell = { apiUrl, platformKey, ...tenant, encryptionKey, database };
  const processes = startProcesses(apiUrl, env, options.dispatchers ?? 1);
  const stop = async (): Promise<void> => {
    await processes.terminate();
    if (!options.database) await database.drop();
  };
  try {
    await processes.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...schoolbell, ...processes, stop };
}

function startProcesses(apiUrl: string, env: Record<string, string>, count: number) {
  const api = new ServiceProcess('api', env);
  const otherApis: ServiceProcess[] = [];
  const dispatchers: ServiceProcess[] = [];
  const addDispatcher = (own: Record<string, string> = {}): ServiceProcess => {
    const dispatcher = new ServiceProcess('dispatcher', { ...env, ...own });
    dispatchers.push(dispatcher);
    return dispatcher;
  };
  const addApi = async (own: Record<string, string> = {}): Promise<string> => {
    const port = await reservedPort();
    const other = new ServiceProcess('api', { ...env, PORT: String(port), ...own });
    otherApis.push(other);
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, other);
    return url;
  };
  for (let i = 0; i < count; i++) addDispatcher();
  const terminate = async (): Promise<void> => {
    const all = [api, ...otherApis, ...dispatchers];
    await Promise.all(all.filter(({ alive }) => alive).map((p) => p.term()));
  };
  return {
    api,
    dispatchers,
    addDispatcher,
    addApi,
    terminate,
    ready: () => untilReady(apiUrl, api),
  };
}

function environment(
  databaseUrl: string,
  port: number,
  encryptionKey: Buffer,
  options: SchoolbellOptions,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    HOST: '127.0.0.1',
    PORT: String(port),
    EGRESS_LOOPBACK: 'true',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.env,
  };
}

async function untilReady(apiUrl: string, api: ServiceProcess): Promise<void> {
  const check = async (): Promise<boolean> => {
    if (!api.alive) return true;
    const response = await fetch(`${apiUrl}/health/ready`);
    return response.status === 200;
  };
  await eventually(check, { timeoutMs: READY_TIMEOUT_MS, intervalMs: 50 }).catch((error) => {
    throw new Error(`The API did not become ready: ${error.message}\n${api.logs}`);
  });
  if (!api.alive) throw new Error(`The API ended while it started:\n${api.logs}`);
}
