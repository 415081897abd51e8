import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@schoolbell/persistence';
import { migrateQueue } from '@schoolbell/queue';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '@schoolbell/embedded-postgres';
import { findRedis } from './find-redis.js';
import { offerSchoolbell } from './offer-schoolbell.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** One Postgres for the whole run. Its data is worth nothing, so it never waits for the disk. */
const FAST_AND_ROOMY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '400',
  // A hundred databases of a few rows give autovacuum nothing to do.
  autovacuum_naptime: '1min',
};

/** Builds if the build is outdated, starts Postgres with a migrated template, and looks for Redis. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // The services under test are the compiled ones.
  run('build.mjs');
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-test-'));
  const [redis, postgres] = await Promise.all([
    findRedis(),
    startEmbeddedPostgres({ folder, settings: FAST_AND_ROOMY }),
  ]);
  project.provide('redis', redis);
  await migrate(postgres.url);
  await migrateQueue(postgres.url);
  const admin = new URL(postgres.url);
  const template = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  await makeConnectingCheap(admin, folder);
  const forTests = { adminUrl: admin.href, template };
  project.provide('postgres', forTests);
  const schoolbell = await offerSchoolbell(forTests);
  project.provide('schoolbell', schoolbell.url);
  return async () => {
    await schoolbell.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * A run connects some six thousand times, and SCRAM would be a quarter of that even with one round of its hash instead
 * of 4,096: the password is sent as it is. It is random, and leads to nothing but tests.
 */
async function makeConnectingCheap(
  { href, username, password }: URL,
  folder: string,
): Promise<void> {
  const client = new Client({ connectionString: href });
  await client.connect();
  try {
    await client.query('SET scram_iterations = 1');
    await client.query(`ALTER ROLE ${username} PASSWORD '${password}'`);
    await writeFile(join(folder, 'data', 'pg_hba.conf'), 'host all all 127.0.0.1/32 password\n');
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** Runs a script of the folder `scripts`. */
function run(script: string): void {
  const path = join(ROOT, 'scripts', script);
  const { status } = spawnSync(process.execPath, [path], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${script} failed; its messages are above.`);
}
