import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@schoolbell/persistence';
import { migrateQueue } from '@schoolbell/queue';
import { startEmbeddedPostgres } from '../../apps/standalone/src/embedded-postgres/index.js';
import { databaseAt, type TestDatabase } from './create-database.js';

/** A Postgres that a test may stop, with one migrated database. Durable, unlike that of the run. */
export interface OwnPostgres {
  database: TestDatabase;
  /** Ends every connection and the server. */
  shutDown(): Promise<void>;
  /** Starts it again on its port and its data. */
  startAgain(): Promise<void>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-own-postgres-'));
  let server = await startEmbeddedPostgres({ folder });
  await migrate(server.url);
  await migrateQueue(server.url);
  return {
    database: databaseAt(server.url),
    shutDown: () => server.stop(),
    startAgain: async () => {
      server = await startEmbeddedPostgres({ folder, keepPort: true });
    },
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
