import type { INestApplicationContext } from '@nestjs/common';
import type { Wakes } from '@schoolbell/delivery';
import {
  QueueHealth,
  WAKES,
  type BullWakes,
  type QueueServer,
  type RedisServer,
} from '@schoolbell/queue';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import {
  createDatabase,
  describeOnEachQueue,
  eventually,
  type EventuallyOptions,
  LONG_RUNS,
  ownRedisAvailable,
  redisFor,
  serverAt,
  startCuttableProxy,
  startOwnRedis,
  startRedisCluster,
  type TestDatabase,
  type TestRedis,
  valkeyBinary,
} from '../support/index.js';
import { Listening, openApp } from './listen-for-wakes.js';

describeOnEachQueue('wakes', (backend) => {
  let database: TestDatabase;
  let redis: TestRedis | undefined;
  let server: QueueServer;
  let app: INestApplicationContext;
  let listening: Listening;
  let wakes: Wakes;

  beforeAll(async () => {
    database = await createDatabase();
    redis = await redisFor(backend);
    server = { databaseUrl: database.url, redis: redis && serverAt(redis.url) };
  });
  afterAll(async () => {
    await redis?.stop();
    await database.drop();
  });
  beforeEach(async () => {
    listening = new Listening();
    app = await openApp(server, listening);
    wakes = app.get<Wakes>(WAKES);
  });
  afterEach(() => app.close());

  it('reach a dispatcher at once', async () => {
    const webhookId = randomUUID();
    const before = Date.now();
    wakes.wake([webhookId]);
    await eventually(() => expect(listening.times(webhookId)).toHaveLength(1));
    expect(Date.now() - before).toBeLessThan(1000);
  });

  it('that come in a burst share few jobs, and none is lost', async () => {
    const webhookIds = Array.from({ length: 300 }, () => randomUUID());
    for (const id of webhookIds) wakes.wake([id, webhookIds[0]!]);
    await eventually(() => {
      expect(new Set(listening.wakes.map((wake) => wake.webhookId))).toEqual(new Set(webhookIds));
    });
    expect(listening.jobs).toBeLessThan(10);
  });

  it('that a process has gathered when it stops reach the others', async () => {
    const webhookIds = Array.from({ length: 3 }, () => randomUUID());
    const stopping = await openApp(server);
    const last = stopping.get<Wakes>(WAKES);
    last.wake([webhookIds[0]!]);
    last.wakeLater([{ webhookId: webhookIds[1]!, delaySeconds: 1 }]);
    setImmediate(() => last.wake([webhookIds[2]!]));
    await sleep(0);
    await stopping.close();
    await eventually(() => {
      expect(new Set(listening.wakes.map((wake) => wake.webhookId))).toEqual(new Set(webhookIds));
    });
  });

  it('for later come when the delivery is due, not before, and soon after', async () => {
    const webhookId = randomUUID();
    const dueAt = Date.now() + 1000;
    wakes.wakeLater([{ webhookId, delaySeconds: 1 }]);
    await eventually(() => expect(listening.times(webhookId)).toHaveLength(1));
    expect(listening.times(webhookId)[0]).toBeGreaterThanOrEqual(dueAt);
    expect(listening.times(webhookId)[0]).toBeLessThan(dueAt + 2000);
  });

  it('for later are not lost to one that is later still, whichever was asked for first', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const now = Date.now();
    wakes.wakeLater([{ webhookId: first, delaySeconds: 3 }]);
    wakes.wakeLater([{ webhookId: first, delaySeconds: 1 }]);
    wakes.wakeLater([{ webhookId: second, delaySeconds: 1 }]);
    wakes.wakeLater([{ webhookId: second, delaySeconds: 3 }]);
    await eventually(() => {
      expect(listening.times(first)).toHaveLength(2);
      expect(listening.times(second)).toHaveLength(2);
    });
    for (const times of [listening.times(first), listening.times(second)]) {
      expect(times[0]).toBeLessThan(now + 3000);
      expect(times[1]).toBeGreaterThanOrEqual(now + 3000);
    }
  });

  it('for later of one webhook, asked for many times, are one job', async () => {
    const webhookId = randomUUID();
    const at = Math.ceil((Date.now() + 1500) / 1000) * 1000;
    for (let i = 0; i < 50; i++) {
      wakes.wakeLater([{ webhookId, delaySeconds: (at - Date.now()) / 1000 - 0.01 }]);
      await sleep(2);
    }
    await eventually(() => expect(listening.times(webhookId).length).toBeGreaterThan(0));
    await sleep(300);
    expect(listening.times(webhookId).length).toBeLessThanOrEqual(2);
  });

  it('are shared between dispatchers: each job goes to one', async () => {
    const other = new Listening();
    const otherApp = await openApp(server, other);
    try {
      const webhookIds = Array.from({ length: 40 }, () => randomUUID());
      for (const id of webhookIds) {
        wakes.wake([id]);
        await sleep(20);
      }
      await eventually(() => {
        expect(listening.wakes.length + other.wakes.length).toBe(webhookIds.length);
      });
    } finally {
      await otherApp.close();
    }
  });

  it('find their queue up', async () => {
    expect(await app.get(QueueHealth).state()).toBe('up');
  });
});

describe.skipIf(!valkeyBinary())('with the queue on Valkey', () => {
  it('wakes come at once, and for later', async () => {
    const valkey = await startOwnRedis(valkeyBinary());
    onTestFinished(() => valkey.stop());
    await expectWakes(await openPair(serverAt(valkey.url)));
  });
});

describe.skipIf(!ownRedisAvailable())('with the queue on a Redis Cluster', () => {
  it('wakes come at once, and for later, also to processes that started before it', async () => {
    let pair: Pair | undefined;
    const cluster = await startRedisCluster({
      // One node leads to all others.
      before: async (urls) => void (pair = await openPair({ urls: urls.slice(-1), cluster: true })),
    });
    onTestFinished(() => cluster.stop());
    await expectWakes(pair!);
  });
});

/** A process that tells, and one that hears. */
interface Pair {
  api: INestApplicationContext;
  listening: Listening;
}

/** Closed with the test. */
async function openPair(redis: RedisServer): Promise<Pair> {
  const server = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', redis };
  const listening = new Listening();
  const [dispatcher, api] = [await openApp(server, listening), await openApp(server)];
  onTestFinished(async () => void (await Promise.all([dispatcher.close(), api.close()])));
  return { api, listening };
}

/** One of each kind arrives, once, and the queue is up. */
async function expectWakes({ api, listening }: Pair): Promise<void> {
  const [now, later] = [randomUUID(), randomUUID()];
  await eventually(async () => expect(await api.get(QueueHealth).state()).toBe('up'));
  api.get<Wakes>(WAKES).wake([now]);
  api.get<Wakes>(WAKES).wakeLater([{ webhookId: later, delaySeconds: 1 }]);
  await eventually(() => {
    expect(listening.times(now)).toHaveLength(1);
    expect(listening.times(later)).toHaveLength(1);
  });
}

describe.skipIf(!ownRedisAvailable())('with the Redis of the queue away', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let server: QueueServer;

  beforeAll(async () => {
    database = await createDatabase();
    redis = await startOwnRedis();
    server = { databaseUrl: database.url, redis: serverAt(redis.url) };
  });
  afterAll(async () => {
    await redis.stop();
    await database.drop();
  });
  beforeEach(() => redis.restart());

  it('a process starts, wakes nobody, waits for nothing, and wakes again once Redis is back', async () => {
    await redis.kill();
    const listening = new Listening();
    const before = Date.now();
    const app = await openApp(server, listening);
    try {
      const wakes = app.get<Wakes>(WAKES);
      wakes.wake([randomUUID()]);
      wakes.wakeLater([{ webhookId: randomUUID(), delaySeconds: 1 }]);
      expect(Date.now() - before).toBeLessThan(2000);
      expect(await app.get(QueueHealth).state()).toBe('away');

      await redis.restart();
      const webhookId = randomUUID();
      await eventually(
        () => {
          wakes.wake([webhookId]);
          expect(listening.times(webhookId).length).toBeGreaterThan(0);
        },
        { timeoutMs: 10_000 },
      );
      expect(await app.get(QueueHealth).state()).toBe('up');
    } finally {
      await app.close();
    }
  });

  it('a running process goes on, and closes without waiting for Redis', async () => {
    const listening = new Listening();
    const app = await openApp(server, listening);
    const wakes = app.get<Wakes>(WAKES);
    const webhookId = randomUUID();
    wakes.wake([webhookId]);
    await eventually(() => expect(listening.times(webhookId)).toHaveLength(1));
    await redis.kill();
    for (let i = 0; i < 20; i++) {
      wakes.wake([randomUUID()]);
      await sleep(10);
    }
    expect(await app.get(QueueHealth).state()).toBe('away');
    await eventually(() => {
      const { results } = app.get<BullWakes>(WAKES);
      const counts = results.readings().map(({ labels, value }) => [labels.result, value]);
      const { dropped, queued } = Object.fromEntries(counts);
      expect([dropped > 0, queued, dropped + queued <= 21]).toEqual([true, 1, true]);
    });
    const before = Date.now();
    await app.close();
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it.each<{ why: string; until: string; begin: Command; end: Command }>([
    {
      why: 'is a replica of another',
      until: 'it is the master again',
      begin: ['REPLICAOF', '127.0.0.1', '1'],
      end: ['REPLICAOF', 'NO', 'ONE'],
    },
    {
      why: 'has no memory left',
      until: 'it has some again',
      begin: ['CONFIG', 'SET', 'maxmemory', '1'],
      end: ['CONFIG', 'SET', 'maxmemory', '0'],
    },
  ])(
    'a process finds that it takes no writes, since it $why, and wakes again once $until',
    async ({ begin, end }) => {
      const listening = new Listening();
      const app = await openApp(server, listening);
      onTestFinished(() => app.close());
      const state = () => app.get(QueueHealth).state();
      await eventually(async () => expect(await state()).toBe('up'));
      await redis.ask(...begin);
      await eventually(async () => expect(await state()).toBe('refusing'));
      await redis.ask(...end);
      await expectToBeWoken(app, listening);
      expect(await state()).toBe('up');
    },
  );

  it('whose address leads to another after a failover, a process follows, although no connection ends', async () => {
    const promoted = await startOwnRedis();
    const proxy = await startCuttableProxy(addressOf(redis));
    onTestFinished(async () => {
      await proxy.close();
      await promoted.stop();
    });
    const pair = await openPair(serverAt(`redis://127.0.0.1:${proxy.port}`));
    await expectWakes(pair);
    proxy.leadTo(addressOf(promoted));
    await redis.ask('REPLICAOF', '127.0.0.1', String(addressOf(promoted).port));
    await expectToBeWoken(pair.api, pair.listening);
    await expectWakes(pair);
  });

  it.runIf(LONG_RUNS)(
    'whose address leads to another since its machine hangs, a process follows',
    async () => {
      const promoted = await startOwnRedis();
      const proxy = await startCuttableProxy(addressOf(redis));
      onTestFinished(async () => {
        redis.thaw();
        await proxy.close();
        await promoted.stop();
      });
      const pair = await openPair(serverAt(`redis://127.0.0.1:${proxy.port}`));
      await expectWakes(pair);
      proxy.leadTo(addressOf(promoted));
      redis.freeze();
      await expectToBeWoken(pair.api, pair.listening, { timeoutMs: 20_000 });
      await expectWakes(pair);
    },
  );
});

type Command = readonly [string, ...string[]];

/** What is told from now on arrives, if not the first time. */
async function expectToBeWoken(
  app: INestApplicationContext,
  listening: Listening,
  patience?: EventuallyOptions,
): Promise<void> {
  const webhookId = randomUUID();
  await eventually(() => {
    app.get<Wakes>(WAKES).wake([webhookId]);
    expect(listening.times(webhookId).length).toBeGreaterThan(0);
  }, patience);
}

function addressOf({ url }: TestRedis): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
