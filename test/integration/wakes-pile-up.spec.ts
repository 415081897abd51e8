import { getQueueToken } from '@nestjs/bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import type { Wakes } from '@schoolbell/delivery';
import { WAKES, type QueueServer } from '@schoolbell/queue';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import {
  createDatabase,
  describeOnEachQueue,
  eventually,
  redisFor,
  serverAt,
} from '../support/index.js';
import { Listening, openApp } from './listen-for-wakes.js';

/** Longer than the time between two jobs, so that each wake would become its own job. */
const BETWEEN_JOBS_MS = 18;

describeOnEachQueue('while no dispatcher runs, wakes', (backend) => {
  let server: QueueServer;
  let app: INestApplicationContext;
  let wakes: Wakes;
  let queue: Queue;

  beforeEach(async () => {
    const [database, redis] = [await createDatabase(), await redisFor(backend)];
    server = { databaseUrl: database.url, redis: redis && serverAt(redis.url) };
    app = await openApp(server);
    wakes = app.get<Wakes>(WAKES);
    queue = app.get<Queue>(getQueueToken('wakes'), { strict: false });
    return async () => {
      await app.close();
      await redis?.stop();
      await database.drop();
    };
  });

  it('stop piling up at some hundreds; with a dispatcher they all arrive, and new ones at once', async () => {
    const left = Array.from({ length: 400 }, () => randomUUID());
    await queue.addBulk(left.map((id) => ({ name: 'wake', data: { webhookIds: [id] } })));
    const told = Array.from({ length: 200 }, () => randomUUID());
    for (const id of told) {
      wakes.wake([id]);
      await sleep(BETWEEN_JOBS_MS);
    }
    expect(await queue.getWaitingCount()).toBeLessThanOrEqual(500);

    const listening = new Listening();
    const dispatcher = await openApp(server, listening);
    try {
      await eventually(() => {
        const woken = new Set(listening.wakes.map(({ webhookId }) => webhookId));
        expect(woken).toEqual(new Set([...left, ...told]));
      });
      const webhookId = randomUUID();
      const before = Date.now();
      wakes.wake([webhookId]);
      await eventually(() => expect(listening.times(webhookId)).toHaveLength(1));
      expect(listening.times(webhookId)[0]! - before).toBeLessThan(500);
    } finally {
      await dispatcher.close();
    }
  });

  it('for later stop piling up at some thousands', async () => {
    const webhookIds = Array.from({ length: 200 }, () => randomUUID());
    for (const webhookId of webhookIds) {
      const steps = Array.from({ length: 35 }, (_, n) => 3600 + n * 600);
      wakes.wakeLater(steps.map((delaySeconds) => ({ webhookId, delaySeconds })));
    }
    const planned = () => queue.getDelayedCount();
    await eventually(async () => expect(await planned()).toBeGreaterThanOrEqual(5000), {
      timeoutMs: 20_000,
    });
    await sleep(1000);
    expect(await planned()).toBeLessThanOrEqual(5100);
  });
});
