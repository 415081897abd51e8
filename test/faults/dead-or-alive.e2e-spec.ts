import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  createDatabase,
  eventually,
  startCuttableProxy,
  type CuttableProxy,
  type Schoolbell,
  type ServiceProcess,
} from '../support/index.js';
import { openBooks, startForBooks, type UnderLoad } from './support/open-books.js';

/** The promise, from a `kill -9` to the second request. */
const TAKE_OVER_MS = 5_000;
/** Much longer than it takes to notice a dead dispatcher, and well within its lease of 55 s. */
const TROUBLE_MS = 10_000;
const EVENTS = { events: 10, perSecond: 500 };
/** This many waiting deliveries are enough for each dispatcher to have some, and are soon done. */
const ENOUGH = 30;
const SLOWLY = { status: 200, delayMs: 3000 };
/** Starting four dispatchers takes long beside other suites. */
const SLOW_MACHINE = { timeoutMs: 60_000 };
/** A request never reaches its deadline, whatever happens to its dispatcher meanwhile. */
const PATIENT = { timeoutSeconds: 30 };

let schoolbell: Schoolbell;
/** The connection to Postgres of the dispatcher that is `cut`. */
let proxy: CuttableProxy;
let cut: ServiceProcess;

/** The settings of a new installation, except for this: every dispatcher gets some deliveries, whoever comes first. */
const SHARED = { WEBHOOK_MAX_IN_FLIGHT: '2', SWEEP_INTERVAL_MS: '2000' };

beforeAll(async () => {
  const database = await createDatabase();
  const url = new URL(database.url);
  proxy = await startCuttableProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${proxy.port}`;
  const started = await startForBooks({
    database,
    dispatchers: 3,
    env: SHARED,
  });
  ({ schoolbell } = started);
  cut = schoolbell.addDispatcher({ DATABASE_URL: url.href });
  const known = 'SELECT count(*)::integer AS dispatchers FROM dispatchers';
  const all = [{ dispatchers: 4 }];
  await eventually(async () => expect(await database.query(known)).toEqual(all), SLOW_MACHINE);
  return async () => {
    await started.stop();
    await proxy.close();
    await database.drop();
  };
});

/** How many leases each running dispatcher holds at the moment, by its process id. */
async function leases(): Promise<Map<number, number>> {
  const rows = await schoolbell.database.query<{ pid: number; held: number }>(
    `SELECT r.pid, count(d.delivery_id)::integer AS held
     FROM dispatchers r
     LEFT JOIN due_deliveries d ON right(d.lease_id::text, 12) = r.id AND d.leased_until > now()
     GROUP BY r.pid`,
  );
  return new Map(rows.map(({ pid, held }) => [pid, held]));
}

/** Posts until each of these dispatchers has requests at the receiver, which does not answer before the next fault. */
async function keepBusy(
  dispatchers: readonly ServiceProcess[],
  { ledger, receiver }: UnderLoad,
): Promise<void> {
  const held = await eventually(async () => {
    const now = await leases();
    const [row] = await schoolbell.database.query<{ left: number }>(
      'SELECT count(*)::integer AS left FROM due_deliveries WHERE lease_id IS NULL',
    );
    if (row!.left < ENOUGH) await ledger.poster.post(EVENTS);
    for (const { pid } of dispatchers) expect(now.get(pid) ?? 0).toBeGreaterThan(2);
    return now;
  }, SLOW_MACHINE);
  await receiver.waitFor([...held.values()].reduce((sum, count) => sum + count, 0));
}

/** Ends its connections to Postgres again and again. */
async function disconnect({ pid }: ServiceProcess, forMs: number): Promise<void> {
  for (const until = performance.now() + forMs; performance.now() < until; await sleep(200)) {
    await schoolbell.database.query(
      `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
       JOIN dispatchers r ON a.application_name = 'schoolbell-dispatcher ' || r.id
       WHERE r.pid = $1`,
      [pid],
    );
  }
}

it('nobody takes over from a dispatcher that is stopped, disconnected, or cut off from Postgres: nothing is sent twice', async () => {
  const books = await openBooks({ running: schoolbell, webhooks: 0 });
  const { receiver, ledger } = books;
  for (let i = 0; i < 6; i++) await ledger.addWebhook(`/${i}`, PATIENT);
  receiver.answerAll(SLOWLY);
  const [stopped, disconnected] = schoolbell.dispatchers as [ServiceProcess, ServiceProcess];
  await keepBusy([stopped, disconnected, cut], books);

  onTestFinished(() => void process.kill(stopped.pid, 'SIGCONT'));
  process.kill(stopped.pid, 'SIGSTOP');
  await proxy.cut();
  await disconnect(disconnected, TROUBLE_MS);
  await proxy.mend();
  process.kill(stopped.pid, 'SIGCONT');

  const { deliveries, repeats, interrupted } = await ledger.close();
  expect(deliveries).toEqual({ delivered: ledger.poster.promised.size * 6 });
  expect([repeats, interrupted]).toEqual([0, 0]);
});

it('another takes over from a dispatcher that is killed with attempts in flight, within 5 s', async () => {
  const books = await openBooks({ running: schoolbell });
  const { receiver, ledger } = books;
  receiver.answerAll(SLOWLY);
  const killed = schoolbell.dispatchers[2]!;
  await keepBusy([killed], books);
  const killedAt = performance.now();
  await killed.kill();
  await eventually(() => {
    const names = receiver.requests.map(({ path, headers }) => `${path} ${headers['webhook-id']}`);
    expect(names.length).toBeGreaterThan(new Set(names).size);
  });
  expect(performance.now() - killedAt).toBeLessThan(TAKE_OVER_MS);
  const { deliveries, repeats, interrupted } = await ledger.close();
  expect(deliveries).toEqual({ delivered: ledger.poster.promised.size * 3 });
  expect(repeats).toBeGreaterThan(0);
  expect(interrupted).toBeGreaterThanOrEqual(repeats);
});
