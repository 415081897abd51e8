import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseAt } from './create-database.js';
import { eventually } from './eventually.js';
import { reservedPort } from './reserved-port.js';

export type PoolMode = 'session' | 'transaction' | 'statement';

export interface PgBouncerOptions {
  binary: string;
  mode: PoolMode;
  /** Of Postgres, with the password; of whatever database. */
  url: string;
  /** More lines of `[pgbouncer]`. */
  settings?: Record<string, string | number>;
}

export interface TestPgBouncer {
  /** The same database through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** A PgBouncer on a free port, as an operator sets it up, in front of all databases of a server. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<TestPgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-pgbouncer-'));
  const port = await reservedPort();
  await writeSettings(folder, port, options);
  const server = launch(options.binary, join(folder, 'pgbouncer.ini'));
  const through = (url: string): string => {
    const pooled = new URL(url);
    pooled.port = String(port);
    return pooled.href;
  };
  let said = '';
  server.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  await eventually(() => databaseAt(through(options.url)).query('SELECT 1')).catch((error) => {
    throw new Error(`PgBouncer does not answer: ${error.message}\n${said}`);
  });
  return {
    through,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        // At once; SIGINT and SIGTERM wait for clients.
        server.kill('SIGKILL');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeSettings(
  folder: string,
  port: number,
  { mode, url, settings = {} }: PgBouncerOptions,
): Promise<void> {
  const { hostname, port: serverPort, username, password } = new URL(url);
  const userlist = join(folder, 'userlist.txt');
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: userlist,
    pool_mode: mode,
    default_pool_size: 40,
    ...settings,
  };
  const lines = [
    '[databases]',
    `* = host=${hostname} port=${serverPort}`,
    '[pgbouncer]',
    ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
  ];
  await writeFile(join(folder, 'pgbouncer.ini'), lines.join('\n'));
  await writeFile(userlist, `"${username}" "${decodeURIComponent(password)}"`);
  // It gives up being root before it reads them.
  for (const path of [folder, join(folder, 'pgbouncer.ini'), userlist]) await chmod(path, 0o755);
}

/** It refuses to run as root. */
function launch(binary: string, settings: string): ChildProcess {
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  return spawn(binary, [...user, settings], { stdio: ['ignore', 'ignore', 'pipe'] });
}
