import { randomBytes } from 'node:crypto';
import { createLogger } from '@schoolbell/logging';
import { IndexUpkeep, openDatabase } from '@schoolbell/persistence';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IndexKeeper } from '../../apps/dispatcher/src/maintenance/upkeep/index-keeper.js';
import { eventually } from '../support/index.js';
import { DELIVERED, DeliveryFixtures, attemptOf } from './delivery-fixtures.js';

/** Enough that the larger indexes exceed 8 MB: those of sessions, whose ids are long here. */
const ROWS = 60_000;
const MEGABYTE = 1024 * 1024;

describe('the indexes of the queue', () => {
  let fixtures: DeliveryFixtures;
  let upkeep: IndexUpkeep;
  let webhookId: string;
  let other: Client;
  /** Names of the indexes that have more than 8 MB. */
  let large: string[];
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    upkeep = new IndexUpkeep(fixtures.db);
    webhookId = await fixtures.addWebhook();
    other = new Client({ connectionString: fixtures.database.url });
    other.on('error', () => undefined);
    await other.connect();
    await addOrdered(ROWS, 64);
    large = await largeOnes();
    expect(large.length).toBeGreaterThan(1);
  });
  afterEach(async () => {
    await other.end();
    await fixtures.close();
  });

  /** Adds deliveries of as many sessions, whose ids have that many characters. */
  const addOrdered = (rows: number, characters: number) =>
    fixtures.sql(
      `INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, ordering_key, ordering_number)
       SELECT new_uuid_v7(), $1, $2, new_uuid_v7(), now() + interval '1 day',
         left(repeat(md5(n::text), 8), $4), n
       FROM generate_series(1, $3) n`,
      [fixtures.tenantId, webhookId, rows, characters],
    );
  const emptyTable = () => fixtures.sql('DELETE FROM due_deliveries');
  /** In MB, without the small ones. */
  const sizes = async (): Promise<Record<string, number>> => {
    const rows = await fixtures.sql(
      `SELECT indexrelid::regclass::text AS name, pg_relation_size(indexrelid) AS bytes
       FROM pg_index WHERE indrelid = 'due_deliveries'::regclass AND pg_relation_size(indexrelid) > 100000
       ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes / MEGABYTE]));
  };
  const largeOnes = async () =>
    Object.entries(await sizes()).flatMap(([name, size]) => (size > 8 ? [name] : []));
  const invalid = () =>
    fixtures.sql('SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid');
  const building = async (): Promise<boolean> =>
    (
      await fixtures.sql(
        'SELECT FROM pg_stat_progress_create_index WHERE datname = current_database()',
      )
    ).length > 0;

  it('are built anew once a backlog is gone, not before, while deliveries are accepted, claimed and recorded', async () => {
    await addOrdered(100_000, 8);
    large = await largeOnes();
    expect(large).toContain('due_deliveries_claimable_idx');
    expect(await upkeep.round()).toEqual({ rebuilt: [], dropped: [] });
    await emptyTable();
    // A transaction that writes: building the first index waits for it half-way.
    await other.query('BEGIN; LOCK TABLE due_deliveries IN ROW EXCLUSIVE MODE');
    const rounding = upkeep.round();
    await eventually(building, { intervalMs: 5 });
    const ids = await fixtures.addDeliveries(webhookId, { count: 20 });
    const claimed = await fixtures.claim(webhookId);
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const attempts = claimed.map((each) => attemptOf(each, DELIVERED));
    expect(await fixtures.store.record(attempts)).toMatchObject({ lost: [] });
    expect(await building()).toBe(true);
    await other.query('COMMIT');
    const { rebuilt, ...rest } = await rounding;
    expect(rest).toEqual({ dropped: [] });
    expect(rebuilt.map(({ name }) => name)).toEqual(large);
    for (const { bytesBefore, bytesAfter } of rebuilt) {
      expect(bytesBefore).toBeGreaterThan(8 * MEGABYTE);
      expect(bytesAfter).toBeLessThan(0.1 * MEGABYTE);
    }
    for (const size of Object.values(await sizes())) expect(size).toBeLessThan(8);
    expect(await invalid()).toEqual([]);
    expect(await upkeep.round()).toEqual({ rebuilt: [], dropped: [] });
  });

  it('are left alone while long ids of sessions make them large', async () => {
    await emptyTable();
    expect((await upkeep.round()).rebuilt).toHaveLength(large.length);
    await addOrdered(ROWS / 2, 255);
    const grown = await sizes();
    for (const name of large) expect(grown[name]).toBeGreaterThan(8);
    expect(await upkeep.round()).toEqual({ rebuilt: [], dropped: [] });
  });

  it('are built anew later while an old snapshot is open, such as that of a backup', async () => {
    await emptyTable();
    await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM tenants');
    const logger = createLogger({ level: 'silent', name: 'test' });
    const info = vi.spyOn(logger, 'info');
    const keeper = new IndexKeeper(upkeep, logger);
    const { signal } = new AbortController();
    // The transaction is young: worth waiting two seconds, after which nothing of the try is left.
    expect(await keeper.round(signal)).toBe(60_000);
    expect(await invalid()).toEqual([]);
    // By now it is old: no try is made.
    expect(await keeper.round(signal)).toBe(60_000);
    const reasons = info.mock.calls.map(([fields]) => (fields as { reason?: string }).reason);
    expect(reasons.filter(Boolean)).toEqual([
      `other transactions held up ${large[0]}`,
      expect.stringMatching(/^pid \d+ has a transaction open for \d+ s$/),
    ]);
    expect(Object.keys(await sizes())).toEqual(expect.arrayContaining(large));
    await other.query('COMMIT');
    expect(await keeper.round(signal)).toBe(300_000);
    for (const size of Object.values(await sizes())) expect(size).toBeLessThan(8);
  });

  it('are kept by one dispatcher at a time, and the next clears away what a dead one left half-built', async () => {
    await emptyTable();
    await other.query('BEGIN; LOCK TABLE due_deliveries IN ROW EXCLUSIVE MODE');
    const failing = expect(upkeep.round()).rejects.toThrow();
    await eventually(building, { intervalMs: 5 });
    const beside = openDatabase({ url: fixtures.database.url, encryptionKeys: [randomBytes(32)] });
    const second = new IndexUpkeep(beside);
    expect(await second.round()).toEqual({ rebuilt: [], dropped: [] });
    await fixtures.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index
       WHERE datname = current_database()`,
    );
    await failing;
    expect(await invalid()).toEqual([{ name: `${large[0]}_ccnew` }]);
    await other.query('COMMIT');
    const report = await second.round();
    await beside.close();
    expect(report.dropped).toEqual([`${large[0]}_ccnew`]);
    expect(report.rebuilt).toHaveLength(large.length);
    expect(await invalid()).toEqual([]);
  });
});
