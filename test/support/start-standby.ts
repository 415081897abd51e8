import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@schoolbell/embedded-postgres';
import { backUpPostgres } from './back-up-postgres.js';
import { databaseAt, type TestDatabase } from './create-database.js';
import { eventually } from './eventually.js';

/** A streaming standby of a test's own Postgres. */
export interface Standby {
  /** Answers reads; takes writes once it is promoted. */
  database: TestDatabase;
  /** Makes it the primary. Resolves once it takes writes. */
  promote(): Promise<void>;
  /** Makes a standby of this one. */
  addStandby(): Promise<Standby>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

export interface StandbyOptions {
  /** The port at which it finds the primary. Default: that of the primary. */
  primaryPort?: number;
}

/**
 * Makes one of a server that runs.
 *
 * @param folder of that server
 * @param url of that server
 */
export async function startStandby(
  folder: string,
  url: string,
  options: StandbyOptions = {},
): Promise<Standby> {
  const copy = await backUpPostgres(folder, url);
  await writeFile(join(copy, 'data', 'standby.signal'), '');
  const { port } = JSON.parse(await readFile(join(copy, 'connection.json'), 'utf8'));
  const primary = new URL(url);
  const { primaryPort = primary.port } = options;
  // It is ready, to Postgres, once it is promoted.
  const ready = startEmbeddedPostgres({
    folder: copy,
    keepPort: true,
    settings: {
      fsync: 'off',
      primary_conninfo: `host=127.0.0.1 port=${primaryPort} user=${primary.username} password=${primary.password}`,
      // How soon it tries again where the primary was out of reach.
      wal_retrieve_retry_interval: '200ms',
    },
  });
  const own = new URL(url);
  own.port = String(port);
  const database = databaseAt(own.href);
  await eventually(() => database.query('SELECT 1'));
  return {
    database,
    promote: async () => {
      await database.query('SELECT pg_promote()');
      await ready;
    },
    addStandby: () => startStandby(copy, own.href),
    remove: async () => {
      // One that is not the primary yet would never be ready.
      await database.query('SELECT pg_promote()').catch(() => undefined);
      await (await ready).stop();
      await rm(copy, { recursive: true, force: true });
    },
  };
}
