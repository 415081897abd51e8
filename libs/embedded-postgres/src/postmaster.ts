import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { OperatorError, stopProcess } from '@schoolbell/process';
import type { Account } from './account.js';
import type { PostgresBinaries } from './binaries.js';
import { postgresEnvironment } from './postgres-environment.js';

const READY = 'database system is ready to accept connections';
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Starts Postgres with a watcher that stops it when this process is gone, killed included: the end of the
 * pipe on descriptor 3 is the sign. The two seconds are for API and dispatcher, which see the same sign, to
 * write down what they were doing. A line on the pipe sends the watcher away.
 */
const WATCHED = `
p=$$
{ read -r _ && exit 0; sleep 2; kill -INT $p; } <&3 >/dev/null 2>&1 &
exec "$@" 3<&-`;

/** Server parameters by their names in Postgres, such as `max_connections`. */
export type ServerSettings = Readonly<Record<string, string>>;

interface PostmasterOptions {
  binaries: PostgresBinaries;
  account: Account;
  dataFolder: string;
  port: number;
  /** Besides those that `postgresql.conf` has. */
  settings: ServerSettings;
  /** Each line that the server logs. */
  log: (line: string) => void;
}

/** A running Postgres server on 127.0.0.1. */
export class Postmaster {
  /** Resolves when the server has ended, on purpose or not. */
  readonly exited: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
    void this.exited.then(() => this.dismissWatcher());
  }

  get pid(): number {
    return this.child.pid!;
  }

  /**
   * Resolves when the server accepts connections.
   *
   * @throws OperatorError `port_unavailable` when another took the port, `postgres_failed` otherwise
   */
  static async start(options: PostmasterOptions): Promise<Postmaster> {
    const child = spawnServer(options);
    const postmaster = new Postmaster(child);
    await untilReady(child, options);
    return postmaster;
  }

  private async dismissWatcher(): Promise<void> {
    const watcher = this.child.stdio[3] as Duplex | null | undefined;
    if (!watcher?.writable) return;
    watcher.end('stopped\n');
    // It fails when the watcher was killed too.
    await once(watcher, 'close').catch(() => undefined);
  }

  /** Ends every connection, writes a checkpoint and waits for the end. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await Promise.race([this.dismissWatcher(), this.exited]);
    await stopProcess(
      this.pid,
      { signal: 'SIGINT', waitMs: FAST_SHUTDOWN_MS },
      { signal: 'SIGQUIT', waitMs: IMMEDIATE_SHUTDOWN_MS },
    );
  }
}

function spawnServer({ binaries, account, dataFolder, port, settings }: PostmasterOptions) {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [binaries.postgres, '-D', dataFolder, ...flags];
  const isWindows = process.platform === 'win32';
  const watched = isWindows ? server : ['sh', '-c', WATCHED, 'sh', ...server];
  const [command, ...args] = [...account.prefix, ...watched];
  const { uid, gid } = account;
  return spawn(command!, args, {
    uid,
    gid,
    cwd: dataFolder,
    env: postgresEnvironment(),
    // A session of its own: Ctrl-C in a terminal must not stop it before its clients are done.
    detached: !isWindows,
    stdio: ['ignore', 'ignore', 'pipe', isWindows ? 'ignore' : 'pipe'],
  });
}

async function untilReady(child: ChildProcess, { log, port }: PostmasterOptions): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr! }).on('line', (line) => {
      log(line);
      if (line.includes(READY)) resolve();
      else if (lines.length < 50) lines.push(line);
    });
    child.stdio[3]?.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', () => reject(whyNot(lines, port)));
  });
}

function whyNot(lines: readonly string[], port: number): OperatorError {
  if (lines.some((line) => line.includes('could not bind'))) {
    return new OperatorError('port_unavailable', `The port ${port} for Postgres is in use.`);
  }
  const reason = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'no message';
  return new OperatorError(
    'postgres_failed',
    `The embedded Postgres does not start: ${reason.replace(/^.*?(FATAL|PANIC): +/, '')}`,
  );
}
