import { randomBytes, randomUUID } from 'node:crypto';
import { getQueueToken } from '@nestjs/bullmq';
import type { Wakes, WakeSignals } from '@schoolbell/delivery';
import {
  openDatabase,
  PostgresWakeSignals,
  WakeSignalListener,
  type Database,
} from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import type { Queue } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, eventually, type TestDatabase } from '../support/index.js';
import { openApp } from './listen-for-wakes.js';

let database: TestDatabase;
let db: Database;
let signals: WakeSignals;
const listeners: WakeSignalListener[] = [];

beforeEach(async () => {
  database = await createDatabase();
  db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
  signals = new PostgresWakeSignals(db);
});
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
  await db.close();
  await database.drop();
});

/** A listening dispatcher; resolves once it can hear. */
async function listen(): Promise<{ heard: string[]; listener: WakeSignalListener }> {
  const heard: string[] = [];
  const onWake = async (webhookIds: readonly string[]) => void heard.push(...webhookIds);
  const listener = new WakeSignalListener(db, { onWake });
  listeners.push(listener);
  listener.start();
  await eventually(() => expect(listener.hears).toBe(true));
  return { heard, listener };
}

describe('signals to dispatchers', () => {
  it('reach all that listen, however many webhooks they name', async () => {
    const [one, other] = [await listen(), await listen()];
    const webhookIds = Array.from({ length: 1_000 }, () => randomUUID());
    expect(await signals.signal(webhookIds)).toBe(true);
    for (const { heard } of [one, other]) {
      await eventually(() => expect(new Set(heard)).toEqual(new Set(webhookIds)));
    }
  });

  it('say so when no dispatcher listens: before one starts, and once it stops', async () => {
    expect(await signals.signal([randomUUID()])).toBe(false);
    const { listener } = await listen();
    expect(await signals.signal([randomUUID()])).toBe(true);
    await listener.stop();
    await eventually(async () => expect(await signals.signal([randomUUID()])).toBe(false));
  });

  it('say so while the connection of the only dispatcher is broken, and are heard again after', async () => {
    const { heard } = await listen();
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'schoolbell-listen' AND datname = current_database()`,
    );
    await eventually(async () => expect(await signals.signal([randomUUID()])).toBe(false));
    const webhookId = randomUUID();
    await eventually(async () => {
      expect(await signals.signal([webhookId])).toBe(true);
    });
    await eventually(() => expect(heard).toContain(webhookId));
  });

  it('take the place of jobs: the queue gets one only while nobody listens', async () => {
    const app = await openApp({ databaseUrl: database.url }, undefined, signals);
    try {
      const queue = app.get<Queue>(getQueueToken('wakes'), { strict: false });
      const wakes = app.get<Wakes>(WAKES);
      wakes.wake([randomUUID()]);
      await eventually(async () => expect(await queue.getWaitingCount()).toBe(1));

      const { heard } = await listen();
      const webhookId = randomUUID();
      wakes.wake([webhookId]);
      await eventually(() => expect(heard).toContain(webhookId));
      expect(await queue.getWaitingCount()).toBe(1);
    } finally {
      await app.close();
    }
  });
});
