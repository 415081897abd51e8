import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, readJson, writePrivateJson, OperatorError } from '@schoolbell/process';
import { postgresAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { createCluster, DATABASE, USER } from './create-cluster.js';
import { stopLeftover } from './leftover.js';
import { Postmaster, type ServerSettings } from './postmaster.js';

const PORT_CHOICES = 5;

/**
 * A queue's tables are vacuumed a few times a minute, rather than once: their indexes stay small. More often than
 * that, all other tables would be looked at for nothing: 5 s cost a tenth of the speed at full load.
 */
const QUEUE_SETTINGS: ServerSettings = {
  autovacuum_naptime: '20s',
  // Somebody who has forgotten a transaction keeps rows locked, and dead ones from being cleared away.
  idle_in_transaction_session_timeout: '10min',
};

export interface EmbeddedPostgresOptions {
  /** Holds the data and what it takes to connect. Made when missing. */
  folder: string;
  /** Server parameters, besides {@link QUEUE_SETTINGS}. Default: those of Postgres, which are durable. */
  settings?: ServerSettings;
  /** Fail rather than move to another port. Default false. */
  keepPort?: boolean;
  /** Each line that the server logs. */
  log?: (line: string) => void;
  /** Told when the data folder has to be made first, which takes seconds. */
  onFirstStart?: () => void;
}

/** The Postgres server that `npm start` brings along, and the tests. */
export interface EmbeddedPostgres {
  /** Of the database `schoolbell`, as its owner and superuser. */
  url: string;
  pid: number;
  /** Resolves when the server has ended, on purpose or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface Connection {
  port: number;
  password: string;
}

/**
 * Starts the Postgres of a folder, and makes the folder first when there is none. Port and password are
 * chosen once and kept; another port is taken only where that one is in use.
 *
 * @throws OperatorError
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { folder, log = () => undefined } = options;
  const settings = { ...QUEUE_SETTINGS, ...options.settings };
  const dataFolder = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  const binaries = await findBinaries();
  const account = await postgresAccount([binaries.postgres, folder]);
  const connection = await connectionOf(folder);
  if (existsSync(dataFolder)) {
    await stopLeftover(dataFolder);
  } else {
    options.onFirstStart?.();
    const sync = settings.fsync !== 'off';
    await createCluster({ binaries, account, dataFolder, password: connection.password, sync });
  }
  const start = (port: number): Promise<Postmaster> =>
    Postmaster.start({ binaries, account, dataFolder, port, settings, log });
  const { postmaster, port } = await startOnSomePort(
    start,
    connection.port,
    options.keepPort ? 1 : PORT_CHOICES,
  );
  await writePrivateJson(connectionFile(folder), { ...connection, port });
  return {
    url: urlOf({ ...connection, port }),
    pid: postmaster.pid,
    exited: postmaster.exited,
    stop: () => postmaster.stop(),
  };
}

/** The URL of the server of a folder, which may not be running; undefined when there is none. */
export async function embeddedPostgresUrl(folder: string): Promise<string | undefined> {
  const connection = await readJson<Connection>(connectionFile(folder));
  return connection && urlOf(connection);
}

function urlOf({ port, password }: Connection): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

const connectionFile = (folder: string): string => join(folder, 'connection.json');

async function connectionOf(folder: string): Promise<Connection> {
  const known = await readJson<Connection>(connectionFile(folder));
  if (known) return known;
  if (existsSync(join(folder, 'data'))) {
    throw new OperatorError(
      'data_folder',
      `${connectionFile(folder)} is missing, and with it the password of the database beside it. Restore it from a backup.`,
    );
  }
  const made = { port: await freePort(), password: randomBytes(24).toString('base64url') };
  await writePrivateJson(connectionFile(folder), made);
  return made;
}

async function startOnSomePort(
  start: (port: number) => Promise<Postmaster>,
  preferred: number,
  choices: number,
): Promise<{ postmaster: Postmaster; port: number }> {
  let port = preferred;
  for (let choice = 1; ; choice++) {
    try {
      return { postmaster: await start(port), port };
    } catch (error) {
      const taken = error instanceof OperatorError && error.code === 'port_unavailable';
      if (!taken || choice === choices) throw error;
      port = await freePort();
    }
  }
}
