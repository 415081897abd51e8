import { createLogger } from '@schoolbell/logging';
import { History } from '@schoolbell/persistence';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pruner } from '../../apps/dispatcher/src/maintenance/pruning/pruner.js';
import { DeliveryFixtures } from './delivery-fixtures.js';
import { addOld, dropPartitions, daysAgo, NOW, partitionsOfTheLastMonths } from './old-history.js';

/**
 * Rows older than a retention of 30 days, one for each number `n`; `$1` is the tenant, `$2` the time, `$3` the number.
 */
const OLD_ROWS = {
  mails: `INSERT INTO mails (id, tenant_id, kind, recipient, facts, created_at)
    SELECT new_uuid_v7(), $1, 'webhook.paused', 'a@b.example', '{}', $2 FROM generate_series(1, $3) n`,
  operations: `INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached, finished_at)
    SELECT new_uuid_v7(), $1, 'retry', 'completed', '{}', 1, new_uuid_v7(), $2 FROM generate_series(1, $3) n`,
  fallbacks: `INSERT INTO fallbacks (delivery_id, webhook_id, status, due_at)
    SELECT new_uuid_v7(), $1, 'delivered', $2 FROM generate_series(1, $3) n`,
};
const TABLES = Object.keys(OLD_ROWS) as (keyof typeof OLD_ROWS)[];

describe('a round of pruning', () => {
  let fixtures: DeliveryFixtures;
  let history: History;
  beforeEach(async () => {
    fixtures = await DeliveryFixtures.open();
    history = new History(fixtures.db, 30);
  });
  afterEach(() => fixtures.close());

  const addOldRows = (table: keyof typeof OLD_ROWS, count: number) =>
    fixtures.sql(OLD_ROWS[table], [fixtures.tenantId, daysAgo(31), count]);
  const count = async (table: string): Promise<number> =>
    (await fixtures.sql(`SELECT FROM ${table}`)).length;

  it.each(TABLES)('lets go of %s some at a time, however many there are', async (table) => {
    await addOldRows(table, 12_000);
    await fixtures.sql('CREATE TABLE statements (deleted integer)');
    await fixtures.sql(
      `CREATE FUNCTION note_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN INSERT INTO statements SELECT count(*) FROM gone HAVING count(*) > 0; RETURN NULL; END $$`,
    );
    await fixtures.sql(
      `CREATE TRIGGER note_deleted AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
       FOR EACH STATEMENT EXECUTE FUNCTION note_deleted()`,
    );
    expect(await history.prune(NOW)).toMatchObject({ [table]: 12_000, unfinished: false });
    const statements = await fixtures.sql('SELECT deleted FROM statements');
    expect(statements.map(({ deleted }) => deleted)).toEqual([5000, 5000, 2000]);
  });

  it('keeps fallbacks of deliveries that are still there, and those that are under way', async () => {
    const webhookId = await fixtures.addWebhook();
    await dropPartitions(fixtures);
    const id = await addOld(fixtures, webhookId, { age: 50, status: 'dead', died: 1 });
    await addOldRows('fallbacks', 3);
    await fixtures.sql(
      `UPDATE fallbacks SET delivery_id = $1 WHERE delivery_id = (
      SELECT delivery_id FROM fallbacks ORDER BY delivery_id LIMIT 1)`,
      [id],
    );
    await fixtures.sql(`UPDATE fallbacks SET status = 'pending' WHERE delivery_id = (
      SELECT delivery_id FROM fallbacks ORDER BY delivery_id DESC LIMIT 1)`);
    expect(await history.prune(NOW)).toMatchObject({ fallbacks: 1 });
    expect(await count('fallbacks')).toBe(2);
  });

  it('does all the rest when one table cannot be pruned, says which, and comes back soon', async () => {
    const webhookId = await fixtures.addWebhook();
    await partitionsOfTheLastMonths(fixtures);
    await addOld(fixtures, webhookId, { age: 50 });
    for (const table of TABLES) await addOldRows(table, 2);
    await fixtures.sql(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'this table is damaged'; END $$`,
    );
    await fixtures.sql(
      'CREATE TRIGGER refuse BEFORE DELETE ON mails FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    const logger = createLogger({ level: 'silent', name: 'test' });
    const warn = vi.spyOn(logger, 'warn');
    const pruner = new Pruner(history, logger);
    expect(await pruner.round(new AbortController().signal)).toBe(60_000);
    expect(await Promise.all(TABLES.map(count))).toEqual([2, 0, 0]);
    expect(await count('deliveries')).toBe(0);
    expect(warn.mock.calls).toMatchObject([
      [{ step: 'mails', err: { message: 'this table is damaged' } }, 'history.pruning_failed'],
    ]);
    await fixtures.sql('DROP TRIGGER refuse ON mails');
    expect(await pruner.round(new AbortController().signal)).toBe(3_600_000);
    expect(await count('mails')).toBe(0);
  });
});
