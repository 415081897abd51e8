import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@schoolbell/process';
import { seedKey, seedTenant, type Schoolbell, type TestDatabase } from '../support/index.js';
import { runStart } from '../support/run-npm-start.js';

interface Process {
  pid: number;
}

/** What the bench needs of a Schoolbell, however it was started. */
export interface BenchedSchoolbell extends Pick<
  Schoolbell,
  'apiUrl' | 'platformKey' | 'tenantId' | 'tenantUuid' | 'tenantKey' | 'database' | 'stop'
> {
  api: Process;
  dispatchers: Process[];
  addDispatcher(): Process;
  /** Supervises API and dispatcher; only with `npm start`. */
  supervisor?: Process;
}

interface NpmStartOptions {
  database: TestDatabase;
  env: Record<string, string>;
}

/** Starts what `npm start` runs, on the Postgres of the bench. */
export async function startLikeNpm({ database, env }: NpmStartOptions): Promise<BenchedSchoolbell> {
  const tenant = await seedTenant(database);
  const platformKey = await seedKey(database);
  const home = await mkdtemp(join(tmpdir(), 'schoolbell-bench-start-'));
  const port = await freePort();
  const ownEnv = { ...env, DATABASE_URL: database.url };
  const product = runStart({ home, port, env: ownEnv });
  const stop = async (): Promise<void> => {
    product.signal('SIGTERM');
    await product.exited();
    await rm(home, { recursive: true, force: true });
  };
  await product.ready().catch(async (error) => {
    await stop();
    throw error;
  });
  const { api, dispatcher } = product.children();
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    ...tenant,
    platformKey,
    database,
    api: { pid: api },
    dispatchers: [{ pid: dispatcher }],
    addDispatcher: () => {
      throw new Error('npm start runs one dispatcher.');
    },
    supervisor: { pid: product.pid },
    stop,
  };
}
