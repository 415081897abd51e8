import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '@schoolbell/process';
import {
  apiClient,
  createDatabase,
  eventually,
  reservedPort,
  seedTenant,
  startReceiver,
  type TestDatabase,
} from '../support/index.js';
import { runStart, type StartedProduct } from '../support/run-npm-start.js';
import { Ledger } from './support/ledger.js';
import { LOAD } from './support/open-books.js';
import { ReceiverUnderLoad } from './support/receiver-under-load.js';

type Program = 'api' | 'dispatcher';

/** A busy machine takes many seconds to start a process. */
const STARTED_AGAIN_MS = 30_000;
const REQUESTS = 20;

describe.skipIf(process.platform !== 'linux')('npm start with two of each', () => {
  let home: string;
  let database: TestDatabase;
  let product: StartedProduct;
  let apiUrl: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'schoolbell-several-'));
    database = await createDatabase();
    const port = await reservedPort();
    apiUrl = `http://127.0.0.1:${port}`;
    const env = {
      DATABASE_URL: database.url,
      APIS: '2',
      DISPATCHERS: '2',
      SWEEP_INTERVAL_MS: '500',
    };
    product = runStart({ home, port, env });
    await product.ready();
    return async () => {
      product.signal('SIGTERM');
      await product.exited();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    };
  });

  async function openBooks(): Promise<Ledger> {
    const receiver = await ReceiverUnderLoad.start();
    onTestFinished(() => receiver.close());
    const ledger = new Ledger({ apiUrl, database, ...(await seedTenant(database)) }, receiver);
    for (const path of ['/0', '/1', '/2']) await ledger.addWebhook(path);
    return ledger;
  }

  const logs = async (program: Program): Promise<string> => {
    const names = [`${program}.log`, `${program}-2.log`];
    const texts = names.map((name) => readFile(join(home, 'logs', name), 'utf8'));
    return (await Promise.all(texts)).join('');
  };

  /** What somebody is answered who comes by a connection of their own; `fetch` has some that it keeps. */
  const newcomer = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const options = { agent: false, timeout: 5_000 };
      get(`${apiUrl}/health/live`, options, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('timeout', () => reject(new Error('No answer.')))
        .on('error', reject);
    });

  /** Resolves once there are two that work, none of them one of these. */
  const bothWork = (program: Program, but: readonly number[] = []) =>
    eventually(
      async () => {
        const pids = product.pidsOf(program);
        expect(pids).toHaveLength(2);
        expect(pids.some((pid) => but.includes(pid))).toBe(false);
        const log = await logs(program);
        for (const pid of pids) {
          expect(log).toMatch(new RegExp(`"pid":${pid},.*"msg":"(listening|dispatching)"`));
        }
      },
      { timeoutMs: STARTED_AGAIN_MS },
    );

  it('an API that is killed under load loses no accepted event, and the other serves on', async () => {
    const ledger = await openBooks();
    const posting = ledger.poster.post({ ...LOAD, perSecond: LOAD.perSecond * 2 });
    await sleep(200);
    const [killed] = product.pidsOf('api');
    process.kill(killed!, 'SIGKILL');
    await eventually(() => !isAlive(killed!));
    const answers = await Promise.all(Array.from({ length: REQUESTS }, newcomer));
    expect(answers).toEqual(Array.from({ length: REQUESTS }, () => 200));
    await posting;
    const { deliveries, repeats } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect(repeats).toBe(0);
    await bothWork('api', [killed!]);
  });

  it('a dispatcher that is killed under load loses nothing, and what is sent twice shows as interrupted', async () => {
    const ledger = await openBooks();
    ledger.receiver.answerAll({ status: 200, delayMs: 100 });
    const posting = ledger.poster.post(LOAD);
    await ledger.receiver.waitFor(LOAD.events);
    const [killed] = product.pidsOf('dispatcher');
    process.kill(killed!, 'SIGKILL');
    await posting;
    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect(interrupted).toBeGreaterThanOrEqual(repeats);
    await bothWork('dispatcher', [killed!]);
  });

  it('each can be stopped in turn under load, and is started again: nothing is lost or sent twice', async () => {
    const ledger = await openBooks();
    const posting = ledger.poster.post({ ...LOAD, perSecond: LOAD.perSecond / 2 });
    const stopped: number[] = [];
    for (const program of ['api', 'dispatcher'] as const) {
      const [pid] = product.pidsOf(program);
      process.kill(pid!, 'SIGTERM');
      stopped.push(pid!);
      await bothWork(program, stopped);
    }
    await posting;
    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect([repeats, interrupted]).toEqual([0, 0]);
    for (const program of ['api', 'dispatcher'] as const) {
      expect(await logs(program)).toContain('"msg":"stopped"');
    }
  });

  it('an API that hangs holds up nobody who comes: the other serves', async () => {
    await bothWork('api');
    const [stopped] = product.pidsOf('api');
    process.kill(stopped!, 'SIGSTOP');
    onTestFinished(() => void process.kill(stopped!, 'SIGCONT'));
    const answers = await Promise.all(Array.from({ length: REQUESTS }, newcomer));
    expect(answers).toEqual(Array.from({ length: REQUESTS }, () => 200));
  });

  it('once npm start is killed, requests under way are answered and nothing stays behind', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    receiver.respondWith(() => ({ status: 200, delayMs: 700 }));
    const { tenantKey } = await seedTenant(database);
    const api = apiClient(apiUrl, tenantKey);
    const webhook = { url: receiver.url, events: ['*'] };
    const { body } = await api.post('/v1/webhooks', webhook);
    const testing = api.post(`/v1/webhooks/${body.id}/test`);
    await receiver.waitFor(1);
    const left = [...product.pidsOf('api'), ...product.pidsOf('dispatcher')];
    product.signal('SIGKILL');
    expect(await testing).toMatchObject({
      status: 200,
      body: { delivery: { status: 'delivered' } },
    });
    await eventually(() => !left.some(isAlive), { timeoutMs: STARTED_AGAIN_MS });
    await expect(fetch(`${apiUrl}/health/live`)).rejects.toThrow();
  });
});
