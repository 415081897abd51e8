import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@schoolbell/persistence';
import { migrateQueue } from '@schoolbell/queue';
import { expect } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@schoolbell/embedded-postgres';
import { backUpPostgres } from './back-up-postgres.js';
import { databaseAt, type TestDatabase } from './create-database.js';
import { eventually } from './eventually.js';
import { startStandby, type Standby, type StandbyOptions } from './start-standby.js';

/** A Postgres that a test may stop, with one migrated database. Unlike the run's Postgres, it is durable. */
export interface OwnPostgres {
  database: TestDatabase;
  /** Makes another database, for another test: a copy of `database`, to which nobody may be connected then. */
  addDatabase(): Promise<TestDatabase>;
  /** Closes every connection and stops the server. */
  shutDown(): Promise<void>;
  /** Starts it again, on its port and with its data. */
  startAgain(): Promise<void>;
  /** Kills the process of one connection: Postgres then closes all others, and recovers as after a crash. */
  crash(): Promise<void>;
  /** `kill -9` of all of it, as when its machine dies. */
  kill(): Promise<void>;
  /** A physical backup, to start another server on: {@link backUpPostgres}. @returns its folder */
  backUp(beforeItEnds?: () => Promise<unknown>): Promise<string>;
  /** Starts a standby of it. */
  addStandby(options?: StandbyOptions): Promise<Standby>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

/** Processes die here, and no machine does: what they wrote is there without a flush to the disk, which takes long. */
const OF_PROCESSES = { fsync: 'off' };

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-own-postgres-'));
  const server = await startEmbeddedPostgres({ folder, settings: OF_PROCESSES });
  return ownPostgres(folder, server, await migratedDatabase(server.url));
}

/** The same on a folder that is there already, such as a backup. It is removed in the end. */
export async function startPostgresOn(folder: string): Promise<OwnPostgres> {
  const server = await startEmbeddedPostgres({ folder, settings: OF_PROCESSES });
  return ownPostgres(folder, server, databaseAt(server.url));
}

function ownPostgres(
  folder: string,
  started: EmbeddedPostgres,
  database: TestDatabase,
): OwnPostgres {
  let server = started;
  return {
    database,
    addDatabase: () => addDatabase(database),
    shutDown: () => server.stop(),
    startAgain: async () => {
      server = await startEmbeddedPostgres({ folder, keepPort: true, settings: OF_PROCESSES });
    },
    crash: () => killBackend(database),
    kill: async () => {
      for (const pid of [server.pid, ...childrenOf(server.pid)]) endNow(pid);
      await server.exited;
    },
    backUp: (beforeItEnds) => backUpPostgres(folder, database.url, beforeItEnds),
    addStandby: (options) => startStandby(folder, database.url, options),
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended since its parent was killed.
  }
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

async function migratedDatabase(url: string): Promise<TestDatabase> {
  await migrate(url);
  await migrateQueue(url);
  return databaseAt(url);
}

/** A copy of the first one, to which nobody may be connected: takes a moment, where migrations take seconds. */
async function addDatabase({ url, query }: TestDatabase): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const added = new URL(url);
  await query(`CREATE DATABASE ${name} TEMPLATE ${added.pathname.slice(1)}`);
  added.pathname = `/${name}`;
  return databaseAt(added.href);
}

/** The process of the connection that asks. */
async function killBackend(database: TestDatabase): Promise<void> {
  const dying = database.query('SELECT pg_sleep(20)').catch(() => undefined);
  const [backend] = await eventually(async () => {
    const found = await database.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)'`,
    );
    expect(found).toHaveLength(1);
    return found;
  });
  process.kill(backend!.pid, 'SIGKILL');
  await dying;
}
