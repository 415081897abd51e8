import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import {
  databaseAt,
  eventually,
  reservedPort,
  seedTenant,
  ServiceProcess,
  type TestDatabase,
} from '../support/index.js';
import { Ledger } from './support/ledger.js';
import { LOAD } from './support/open-books.js';
import { ReceiverUnderLoad } from './support/receiver-under-load.js';

/** A checkout of the version before, built. */
const BEFORE = process.env.UPGRADE_FROM && resolve(process.env.UPGRADE_FROM);
const NOW = resolve('.');
const STARTED_MS = 60_000;

describe.skipIf(!BEFORE)('an upgrade, one process after the other, under load', () => {
  it('loses nothing and sends nothing twice: the version before works on the tables of this one, beside it', async () => {
    const database = await emptyDatabase();
    const migrate = (root: string) => migrateBy(root, database.url);
    await migrate(BEFORE!);
    const port = await reservedPort();
    const start = starterOf(database.url, port);
    const apiBefore = await start('api', BEFORE!);
    const dispatcherBefore = await start('dispatcher', BEFORE!);

    const receiver = await ReceiverUnderLoad.start();
    onTestFinished(() => receiver.close());
    const apiUrl = `http://127.0.0.1:${port}`;
    const ledger = new Ledger({ apiUrl, database, ...(await seedTenant(database)) }, receiver);
    for (const path of ['/0', '/1', '/2']) await ledger.addWebhook(path);
    const events = LOAD.events / 4;
    const underLoad = async (step: () => Promise<unknown>): Promise<void> => {
      const posting = ledger.poster.post({ events, perSecond: LOAD.perSecond / 2 });
      await Promise.all([posting, step()]);
    };

    await underLoad(() => migrate(NOW));
    await underLoad(() => start('dispatcher', NOW));
    await underLoad(async () => {
      expect(await apiBefore.term()).toBe(0);
      await start('api', NOW);
    });
    await underLoad(async () => expect(await dispatcherBefore.term()).toBe(0));

    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: 4 * events * 3 });
    expect([repeats, interrupted]).toEqual([0, 0]);
    // What an API that stops refuses is logged, too.
    for (const { logs } of [apiBefore, dispatcherBefore]) {
      expect(logs).not.toMatch(/internal_error|\.failing|does not exist/);
    }
  });
});

/** Without the tables of this version. */
async function emptyDatabase(): Promise<TestDatabase> {
  const { adminUrl } = inject('postgres');
  const name = `upgrade_${randomBytes(8).toString('hex')}`;
  const admin = databaseAt(adminUrl);
  await admin.query(`CREATE DATABASE ${name}`);
  onTestFinished(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return databaseAt(url.href);
}

async function migrateBy(root: string, databaseUrl: string): Promise<void> {
  const program = join(root, 'dist/apps/standalone/src/migrate.js');
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  await promisify(execFile)(process.execPath, [program], { cwd: root, env });
}

/** Starts a service of some checkout, and stops it with the test. */
function starterOf(databaseUrl: string, port: number) {
  const env = {
    PATH: process.env.PATH!,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    JWT_SECRET: randomBytes(32).toString('base64'),
    PORT: String(port),
    EGRESS_LOOPBACK: 'true',
    SWEEP_INTERVAL_MS: '500',
  };
  return async (name: 'api' | 'dispatcher', root: string): Promise<ServiceProcess> => {
    const service = new ServiceProcess(name, env, root);
    onTestFinished(async () => void (service.alive && (await service.term())));
    const up = () => /"msg":"(listening|dispatching)"/.test(service.logs) || !service.alive;
    await eventually(up, { timeoutMs: STARTED_MS });
    if (!service.alive) throw new Error(service.logs);
    return service;
  };
}
