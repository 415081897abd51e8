import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@schoolbell/persistence';
import { migrateQueue } from '@schoolbell/queue';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '@schoolbell/embedded-postgres';
import { findRedis } from '../support/find-redis.js';
import type { BenchOptions } from './options.js';

declare module 'vitest' {
  interface ProvidedContext {
    bench: BenchOptions;
    postgresPid: number;
  }
}

/** Costs a few per cent, so only for profiles. */
const PROFILING = { shared_preload_libraries: 'pg_stat_statements' };

/** A Postgres with the settings of `npm start`, so that a commit waits for the disk. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const redis = await findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-bench-'));
  const { profile } = project.getProvidedContext().bench;
  const settings = profile ? PROFILING : {};
  const postgres = await startEmbeddedPostgres({ folder, settings });
  await migrate(postgres.url);
  await migrateQueue(postgres.url);
  const admin = new URL(postgres.url);
  const template = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  project.provide('postgres', { adminUrl: admin.href, template });
  project.provide('postgresPid', postgres.pid);
  project.provide('redis', redis);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
