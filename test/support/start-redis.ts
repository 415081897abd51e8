import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { inject } from 'vitest';
import { freePort } from '@schoolbell/process';
import { eventually } from './eventually.js';

export interface TestRedis {
  url: string;
  /** `kill -9`, or for a server that is not its own the nearest thing: nothing. */
  kill(): Promise<void>;
  /** Starts it again on its port, empty. */
  restart(): Promise<void>;
  /** Suspends it with its connections, as if its machine hung. */
  freeze(): void;
  thaw(): void;
  /** Forgets everything. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** False without a Redis: `describe.skipIf(!redisAvailable())`. */
export function redisAvailable(): boolean {
  const { url, binary } = inject('redis');
  return url !== undefined || binary !== undefined;
}

/** False without a Redis that may be killed: `describe.skipIf(!ownRedisAvailable())`. */
export function ownRedisAvailable(): boolean {
  return inject('redis').binary !== undefined;
}

/**
 * A Redis: its own server on a free port if there is a `redis-server`, else that of `REDIS_URL`, with a numbered
 * database for each test worker.
 */
export async function startRedis(): Promise<TestRedis> {
  const { url, binary } = inject('redis');
  if (binary && !url) return startOwnRedis();
  if (!url) throw new Error('There is no Redis: guard the suite with skipIf(!redisAvailable()).');
  const numbered = new URL(url);
  numbered.pathname = `/${Number(process.env.VITEST_POOL_ID ?? 0) % 16}`;
  return {
    url: numbered.href,
    kill: notOurs,
    restart: notOurs,
    freeze: notOurs,
    thaw: notOurs,
    flush: () => command(numbered, 'FLUSHDB'),
    stop: async () => undefined,
  };
}

function notOurs(): never {
  throw new Error('This Redis belongs to somebody else: use startOwnRedis().');
}

/** A `redis-server` on a free port that a test may kill. It keeps everything in memory. */
export async function startOwnRedis(): Promise<TestRedis> {
  const { binary } = inject('redis');
  if (!binary) throw new Error('Guard the suite with skipIf(!ownRedisAvailable()).');
  const port = await freePort();
  const url = new URL(`redis://127.0.0.1:${port}`);
  let server = await launch(binary, port);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  return {
    url: url.href,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      server = await launch(binary, port);
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    flush: () => command(url, 'FLUSHALL'),
    stop: () => end('SIGTERM'),
  };
}

async function launch(binary: string, port: number): Promise<ChildProcess> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(binary, flags, { stdio: 'ignore' });
  await eventually(() => command(new URL(`redis://127.0.0.1:${port}`), 'PING'));
  return server;
}

/** Sends one command in the protocol's inline form and waits for its answer. */
async function command(url: URL, name: 'PING' | 'FLUSHDB' | 'FLUSHALL'): Promise<void> {
  const socket = connect(Number(url.port || 6379), url.hostname);
  const database = url.pathname.slice(1) || '0';
  const login = url.password ? `AUTH ${url.username || 'default'} ${url.password}\r\n` : '';
  try {
    await once(socket, 'connect');
    socket.write(`${login}SELECT ${database}\r\n${name}\r\n`);
    let answers = '';
    while (answers.split('\r\n').length < (login ? 4 : 3)) {
      const [chunk] = await once(socket, 'data');
      answers += String(chunk);
    }
    if (/^-/m.test(answers)) throw new Error(`Redis answered ${answers.trim()}`);
  } finally {
    socket.destroy();
  }
}
