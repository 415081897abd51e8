import { inject } from 'vitest';
import { askRedis, startRedisProcess } from './redis-process.js';

export interface TestRedis {
  url: string;
  /** Sends it a command. */
  ask(...command: readonly [string, ...string[]]): Promise<unknown>;
  /** `kill -9`, or as near to it as a server of somebody else allows: not at all. */
  kill(): Promise<void>;
  /** Starts it again on its port, empty. */
  restart(): Promise<void>;
  /** Suspends it with its connections, as if its machine hung. */
  freeze(): void;
  thaw(): void;
  /** Forgets everything. */
  flush(): Promise<unknown>;
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

/** A `valkey-server`; `undefined` where there is none: `describe.skipIf(!valkeyBinary())`. */
export function valkeyBinary(): string | undefined {
  return inject('redis').valkey;
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
    ask: (...command) => askRedis(numbered.href, ...command),
    kill: notOurs,
    restart: notOurs,
    freeze: notOurs,
    thaw: notOurs,
    flush: () => askRedis(numbered.href, 'FLUSHDB'),
    stop: async () => undefined,
  };
}

function notOurs(): never {
  throw new Error('This Redis belongs to somebody else: use startOwnRedis().');
}

/**
 * A `redis-server` on a free port that a test may kill. Keeps everything in memory.
 *
 * @param binary another server that speaks its protocol
 */
export async function startOwnRedis(binary?: string): Promise<TestRedis> {
  const server = await startRedisProcess({ binary });
  return {
    ...server,
    restart: async () => {
      await server.kill();
      await server.start();
    },
    flush: () => server.ask('FLUSHALL'),
  };
}
