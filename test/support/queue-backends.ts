import type { RedisServer } from '@schoolbell/queue';
import { describe } from 'vitest';
import { redisAvailable, startRedis, type TestRedis } from './start-redis.js';

export type QueueBackend = 'redis' | 'postgres';

/** Runs a suite once per backend of the queue; without Redis, the suite on Redis is visibly skipped. */
export function describeOnEachQueue(title: string, suite: (backend: QueueBackend) => void): void {
  describe.skipIf(!redisAvailable())(`${title}, with the queue on Redis`, () => suite('redis'));
  describe(`${title}, with the queue on Postgres`, () => suite('postgres'));
}

/** The Redis of a backend that uses one. */
export async function redisFor(backend: QueueBackend): Promise<TestRedis | undefined> {
  return backend === 'redis' ? startRedis() : undefined;
}

/** A Redis that is one server, as `QueueModule` takes it. */
export function serverAt(url: string): RedisServer {
  return { urls: [url], cluster: false };
}
