import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '@schoolbell/embedded-postgres';
import { freePort } from '@schoolbell/process';
import { databaseAt, type TestDatabase } from './create-database.js';
import { eventually } from './eventually.js';

const run = promisify(execFile);

/** A streaming standby of a test's own Postgres. */
export interface Standby {
  /** Answers reads; takes writes once it is promoted. */
  database: TestDatabase;
  /** Makes it the primary. Resolves once it takes writes. */
  promote(): Promise<void>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

/**
 * Makes a standby from a copy of a server's folder.
 *
 * @param folder of a server that is stopped
 * @param startPrimary starts that server again, on its port
 */
export async function startStandby(
  folder: string,
  startPrimary: () => Promise<void>,
): Promise<Standby> {
  const copy = await mkdtemp(join(tmpdir(), 'schoolbell-standby-'));
  await run('cp', ['-a', `${folder}/.`, copy]);
  await writeFile(join(copy, 'data', 'standby.signal'), '');
  const { port: primaryPort, password } = JSON.parse(
    await readFile(join(copy, 'connection.json'), 'utf8'),
  );
  const port = await freePort();
  await writeFile(join(copy, 'connection.json'), JSON.stringify({ port, password }));
  await startPrimary();
  const primary = `host=127.0.0.1 port=${primaryPort} user=schoolbell password=${password}`;
  // For Postgres, it is ready once it is promoted.
  const ready = startEmbeddedPostgres({
    folder: copy,
    keepPort: true,
    settings: { primary_conninfo: primary },
  });
  const database = databaseAt(`postgresql://schoolbell:${password}@127.0.0.1:${port}/schoolbell`);
  await eventually(() => database.query('SELECT 1'));
  return {
    database,
    promote: async () => {
      await database.query('SELECT pg_promote()');
      await ready;
    },
    remove: async () => {
      await (await ready).stop();
      await rm(copy, { recursive: true, force: true });
    },
  };
}
