import type { DeliveryStore } from '@schoolbell/delivery';
import {
  PostgresBatchStore,
  PostgresDeliveryStore,
  PostgresFallbackStore,
} from '@schoolbell/persistence';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, startCuttableProxy, type TestDatabase } from '../support/index.js';
import { BatchesAdapter } from './conformance/batches-adapter.js';
import { DeliveriesAdapter } from './conformance/deliveries-adapter.js';
import { FallbacksAdapter } from './conformance/fallbacks-adapter.js';

const KINDS = [
  ['deliveries', DeliveriesAdapter, PostgresDeliveryStore, 'due_deliveries'],
  ['fallbacks', FallbacksAdapter, PostgresFallbackStore, 'fallbacks'],
  ['batches', BatchesAdapter, PostgresBatchStore, 'batches'],
] as const;
/** Any number: nothing else in the database uses advisory locks. */
const LOCK = 14;

/** Commits that changed the table wait, as for a standby that is away. @returns what lets them go on */
async function holdCommits(database: TestDatabase, table: string): Promise<() => Promise<void>> {
  await database.query(`
    CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${LOCK});
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER wait_at_commit AFTER UPDATE ON ${table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
  const holder = new Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
  return () => holder.end();
}

const claimOf = (store: DeliveryStore, webhookId: string) =>
  store.claim({ slots: [{ webhookId, free: 10 }], limit: 10, leaseSeconds: 60 });

describe.each(KINDS)('a claim of %s', (_kind, Adapter, Store, table) => {
  it('whose commit hangs until the connection is lost is given back by the next sweep: nothing shows as interrupted', async () => {
    const adapter = await Adapter.open();
    onTestFinished(() => adapter.fixtures.close());
    const { database } = adapter.fixtures;
    const there = new URL(database.url);
    const proxy = await startCuttableProxy({ host: there.hostname, port: Number(there.port) });
    onTestFinished(() => proxy.close());
    there.port = String(proxy.port);
    const store = new Store(adapter.fixtures.openAnother(there.href));
    const webhookId = await adapter.addWebhook();
    const ids = await adapter.addDeliveries(webhookId, { count: 3 });

    const goOn = await holdCommits(database, table);
    const lost = claimOf(store, webhookId).catch((error: unknown) => error);
    await eventually(async () => {
      const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
      expect(await database.query(waiting)).toHaveLength(1);
    });
    await proxy.cut();
    expect(await lost).toBeInstanceOf(Error);
    await proxy.mend();
    // The sweep that comes before the commit finds nothing to give back.
    await store.webhooksWithDueDeliveries(10);
    await goOn();
    await eventually(async () => {
      const leased = `SELECT FROM ${table} WHERE lease_id IS NOT NULL`;
      expect(await database.query(leased)).toHaveLength(ids.length);
    });

    expect(await store.webhooksWithDueDeliveries(10)).toContain(webhookId);
    const { deliveries } = await claimOf(store, webhookId);
    expect(deliveries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({
        takenOver: false,
        attemptNumber: adapter.attemptsBefore + 1,
      });
    }
    expect(await database.query(`SELECT FROM attempts WHERE error_code = 'interrupted'`)).toEqual(
      [],
    );
  });
});
