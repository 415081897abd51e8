import { createLogger } from '@schoolbell/logging';
import { databaseFaultOf } from '@schoolbell/persistence';
import { expect, it, onTestFinished } from 'vitest';
import { DispatcherCounts } from '../../apps/dispatcher/src/measuring/dispatcher-counts.js';
import {
  databaseAt,
  eventually,
  startCuttableProxy,
  startOwnPostgres,
  startReceiver,
  type TestDatabase,
} from '../support/index.js';
import { DeliveryFixtures } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

async function ownDatabase(): Promise<TestDatabase> {
  const postgres = await startOwnPostgres();
  onTestFinished(() => postgres.remove());
  return postgres.database;
}

/** What a dispatcher has, with a connection that can be cut. */
async function throughProxy({ url }: TestDatabase) {
  const there = new URL(url);
  const proxy = await startCuttableProxy({ host: there.hostname, port: Number(there.port) });
  onTestFinished(() => proxy.close());
  there.port = String(proxy.port);
  const fixtures = await DeliveryFixtures.open(databaseAt(there.href));
  onTestFinished(() => fixtures.close());
  return { proxy, fixtures };
}

/** @param query how the text of the statement begins */
async function hangs(database: TestDatabase, query: string): Promise<void> {
  const hanging = await database.query(
    `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND starts_with(query, $1)`,
    [query],
  );
  expect(hanging).not.toEqual([]);
}

const WRITE = `SELECT pg_logical_emit_message(true, 'test', '')`;

/** All commits wait for a standby, and there is none. @returns what lets them go on */
async function hangCommits(database: TestDatabase): Promise<() => Promise<void>> {
  const set = async (alter: string): Promise<void> => {
    await database.query(`ALTER SYSTEM ${alter}`);
    await database.query('SELECT pg_reload_conf()');
  };
  await set(`SET synchronous_standby_names = 'nobody'`);
  const writes: Promise<unknown>[] = [];
  await eventually(async () => {
    writes.push(database.query(WRITE));
    await hangs(database, WRITE);
  });
  return async () => {
    await set('RESET synchronous_standby_names');
    await Promise.all(writes);
  };
}

/** A pipeline, and what it makes known. */
function startListening({ store }: DeliveryFixtures) {
  const counts = new DispatcherCounts();
  const lines: string[] = [];
  const woken: { webhookId: string; delaySeconds: number }[] = [];
  const pipeline = startPipeline({
    store: counts.measured(store, 'deliveries'),
    wakes: { wake: () => undefined, wakeLater: (wakes) => void woken.push(...wakes) },
    logger: createLogger({
      level: 'info',
      name: 'test',
      destination: { write: (line) => void lines.push(line) },
    }),
    faultOf: (error) => (databaseFaultOf(error) === 'outage' ? 'outage' : 'bug'),
  });
  return { pipeline, counts: counts.attempts, lines, woken };
}

it('an attempt whose commit hung until the connection was cut counts as recorded: no lease is lost, and the retry is woken', async () => {
  const database = await ownDatabase();
  const { proxy, fixtures } = await throughProxy(database);
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const answered = Promise.withResolvers<number>();
  receiver.respondWith(() => answered.promise);
  const webhookId = await fixtures.addWebhook();
  await fixtures.sql('UPDATE webhooks SET url = $2 WHERE id = $1', [webhookId, receiver.url]);
  const [id] = await fixtures.addDeliveries(webhookId);
  const { pipeline, counts, lines, woken } = startListening(fixtures);
  void pipeline.onWake([webhookId]);
  await receiver.waitFor(1);

  const goOn = await hangCommits(database);
  answered.resolve(500);
  await eventually(() => hangs(database, 'WITH batch AS'));
  await proxy.cut();
  await proxy.mend();
  await goOn();

  await eventually(() => expect(woken).toMatchObject([{ webhookId }]));
  expect(await fixtures.attempts(id!)).toMatchObject([{ number: 1, outcome: 'failed' }]);
  expect(counts.leasesLost.readings()).toEqual([{ labels: {}, value: 0 }]);
  expect(counts.attempts.readings()).toMatchObject([{ labels: { outcome: 'failed' }, value: 1 }]);
  expect(lines.join('')).toContain('recording.failing');
  expect(lines.join('')).not.toContain('delivery.lease_lost');
});
