import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { eventually } from './eventually.js';
import { reservedPort } from './reserved-port.js';

/** A `redis-server` of a test's own, on a port of loopback that it keeps. Keeps everything in memory. */
export interface RedisProcess {
  port: number;
  /** With its password, if it has one. */
  url: string;
  /** @throws what it answers when it refuses */
  ask(...command: readonly [string, ...string[]]): Promise<unknown>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** After it was killed: empty, on its port. @param settings besides those of its first start */
  start(settings?: RedisSettings): Promise<void>;
  /** Holds it still, connections and all, as a machine that hangs does. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** As in redis.conf: `{ replicaof: '127.0.0.1 6379' }`. */
export type RedisSettings = Readonly<Record<string, string>>;

interface RedisProcessOptions {
  /** Default: that which the run found. */
  binary?: string | undefined;
  port?: number;
  password?: string;
  settings?: RedisSettings;
  /** A file with all settings of a sentinel, which writes to it. */
  sentinel?: string;
}

const IN_MEMORY: RedisSettings = {
  bind: '127.0.0.1',
  save: '',
  appendonly: 'no',
  // A replica copies at once, and from memory to memory.
  'repl-diskless-sync': 'yes',
  'repl-diskless-sync-delay': '0',
  'repl-diskless-load': 'swapdb',
};

const running = new Set<ChildProcess>();

/** Ends what a file has left behind that could not stop it: one server of several did not start, for example. */
export function endLeftoverServers(): void {
  for (const server of running) server.kill('SIGKILL');
}

/** Resolves once it answers. */
export async function startRedisProcess(options: RedisProcessOptions = {}): Promise<RedisProcess> {
  const { binary = inject('redis').binary, port = await reservedPort(), password } = options;
  if (!binary) throw new Error('Guard the suite with skipIf(!ownRedisAvailable()).');
  const url = `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`;
  const launch = async (more: RedisSettings = {}): Promise<ChildProcess> => {
    const server = spawn(binary, flagsOf(port, options, more), { stdio: 'ignore' });
    running.add(server);
    server.once('exit', () => running.delete(server));
    await eventually(() => askRedis(url, 'PING'));
    return server;
  };
  let server = await launch();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  return {
    port,
    url,
    ask: (...command) => askRedis(url, ...command),
    kill: () => end('SIGKILL'),
    start: async (more) => {
      server = await launch(more);
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    // On SIGTERM it would wait for its replicas.
    stop: () => end('SIGKILL'),
  };
}

function flagsOf(
  port: number,
  { password, settings, sentinel }: RedisProcessOptions,
  more: RedisSettings,
): string[] {
  if (sentinel) return [sentinel, '--sentinel'];
  const guard = password ? { requirepass: password, masterauth: password } : {};
  const all = { ...IN_MEMORY, port: String(port), ...guard, ...settings, ...more };
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...value.split(' ')]);
}

/** Sends one command. @throws when nobody answers, and what is answered when it is refused */
export async function askRedis(
  url: string,
  ...[name, ...args]: readonly [string, ...string[]]
): Promise<unknown> {
  const client = new Redis(url, {
    retryStrategy: () => null,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => undefined);
  try {
    return await client.call(name, args);
  } finally {
    client.disconnect();
  }
}
