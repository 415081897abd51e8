import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { leaseIdsOf, newLeaseHolder, type DeliveryStore } from '@schoolbell/delivery';
import {
  dispatcherApplicationName,
  DispatcherRegister,
  openDatabase,
  PostgresBatchStore,
  PostgresDeliveryStore,
  PostgresFallbackStore,
  type Database,
  type DispatcherRun,
} from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import { BatchesAdapter } from './conformance/batches-adapter.js';
import { DeliveriesAdapter } from './conformance/deliveries-adapter.js';
import { FallbacksAdapter } from './conformance/fallbacks-adapter.js';
import { deliveryTest } from './delivery-fixtures.js';

const KINDS = [
  ['deliveries', DeliveriesAdapter, PostgresDeliveryStore],
  ['fallbacks', FallbacksAdapter, PostgresFallbackStore],
  ['batches', BatchesAdapter, PostgresBatchStore],
] as const;

const claimOf = (store: DeliveryStore, webhookId: string, leaseSeconds = 60) =>
  store.claim({ slots: [{ webhookId, free: 10 }], limit: 10, leaseSeconds });

describe.each(KINDS)('the leases on %s of a dispatcher that is dead', (_kind, Adapter, Store) => {
  const test = it.extend(
    'world',
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads there which fixtures it needs
    async ({}, { onCleanup }) => {
      const adapter = await Adapter.open();
      onCleanup(() => adapter.fixtures.close());
      const another = () => {
        const holder = newLeaseHolder();
        return { holder, store: new Store(adapter.fixtures.openAnother(), leaseIdsOf(holder)) };
      };
      return { adapter, dead: another(), heir: another(), living: another() };
    },
  );

  test('end at once, and those of others do not', async ({ world }) => {
    const { adapter, dead, heir, living } = world;
    const [webhookId, othersId] = [await adapter.addWebhook(), await adapter.addWebhook()];
    const ids = await adapter.addDeliveries(webhookId, { count: 3 });
    await adapter.addDeliveries(othersId, { count: 2 });
    expect((await claimOf(dead.store, webhookId)).deliveries).toHaveLength(3);
    expect((await claimOf(living.store, othersId)).deliveries).toHaveLength(2);
    expect(await heir.store.endLeasesOf(newLeaseHolder())).toEqual([]);
    expect((await claimOf(heir.store, webhookId)).deliveries).toEqual([]);

    expect(await heir.store.endLeasesOf(dead.holder)).toEqual([webhookId]);
    const { deliveries } = await claimOf(heir.store, webhookId);
    expect(deliveries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(deliveries.every(({ takenOver }) => takenOver)).toBe(true);
    expect((await claimOf(heir.store, othersId)).deliveries).toEqual([]);
    expect(await heir.store.endLeasesOf(dead.holder)).toEqual([]);
  });

  test('are looked for until a claim has had room for what they held', async ({
    world: { adapter, dead, heir },
  }) => {
    const webhookId = await adapter.addWebhook();
    await adapter.addDeliveries(webhookId);
    expect((await claimOf(heir.store, webhookId)).deliveries).toHaveLength(1);
    await adapter.addDeliveries(webhookId, { count: 2 });
    expect((await claimOf(dead.store, webhookId)).deliveries).toHaveLength(2);
    expect(await heir.store.endLeasesOf(dead.holder)).toEqual([webhookId]);

    const claimed = async (free: number) =>
      (await heir.store.claim({ slots: [{ webhookId, free }], limit: 10, leaseSeconds: 60 }))
        .deliveries.length;
    expect([await claimed(0), await claimed(1), await claimed(1), await claimed(1)]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  test('end by themselves when the attempts were cut off twice in a row before', async ({
    world: { adapter, dead, heir },
  }) => {
    const webhookId = await adapter.addWebhook();
    await adapter.addDeliveries(webhookId);
    for (let times = 0; times < 2; times++) {
      await dead.store.webhooksWithDueDeliveries(10);
      expect((await claimOf(dead.store, webhookId)).deliveries).toHaveLength(1);
      expect(await heir.store.endLeasesOf(dead.holder)).toEqual([webhookId]);
    }
    await dead.store.webhooksWithDueDeliveries(10);
    expect((await claimOf(dead.store, webhookId)).deliveries).toHaveLength(1);
    expect(await heir.store.endLeasesOf(dead.holder)).toEqual([]);
    expect((await claimOf(heir.store, webhookId)).deliveries).toEqual([]);
  });
});

describe('a dispatcher knows of others', () => {
  const run = (changes: Partial<DispatcherRun> = {}): DispatcherRun => ({
    id: newLeaseHolder(),
    name: null,
    machine: `machine ${randomBytes(8).toString('hex')}`,
    pid: 4711,
    processStarted: '12345',
    ...changes,
  });

  async function enrolled(db: Database, changes: Partial<DispatcherRun>) {
    const own = run(changes);
    const register = new DispatcherRegister(db, own);
    await register.enrol();
    await register.see();
    return { own, register };
  }

  deliveryTest('that run on its machine, and none on another', async ({ fixtures: { db } }) => {
    const machine = 'here';
    const { register } = await enrolled(db, { machine });
    const { own: neighbour } = await enrolled(db, { machine, pid: 4712 });
    await enrolled(db, {});
    await enrolled(db, { machine: null });
    expect(await register.others()).toEqual([
      {
        id: neighbour.id,
        pid: 4712,
        processStarted: '12345',
        onSameMachine: true,
        isPredecessor: false,
      },
    ]);
    const { register: onUnknown } = await enrolled(db, { machine: null });
    expect(await onUnknown.others()).toEqual([]);
  });

  deliveryTest(
    'that had its name before, and not of one that has it now',
    async ({ fixtures: { db } }) => {
      const before = await enrolled(db, { name: 'pod' });
      // In reality, two processes do not start within one millisecond.
      await sleep(2);
      const now = await enrolled(db, { name: 'pod' });
      expect(await now.register.others()).toMatchObject([
        { id: before.own.id, onSameMachine: false, isPredecessor: true },
      ]);
      expect(await before.register.others()).toMatchObject([{ isPredecessor: false }]);
      await now.register.strikeOff(before.own.id);
      expect(await now.register.others()).toEqual([]);
    },
  );

  deliveryTest('until they have said nothing for a day', async ({ fixtures: { db } }) => {
    const { own, register } = await enrolled(db, { name: 'silent' });
    const { register: next } = await enrolled(db, { name: 'silent' });
    await db.maintenancePool.query(
      `UPDATE dispatchers SET seen_at = now() - interval '25 hours' WHERE id = $1`,
      [own.id],
    );
    await register.see();
    expect(await next.others()).toHaveLength(1);
    await db.maintenancePool.query(
      `UPDATE dispatchers SET seen_at = now() - interval '25 hours' WHERE id = $1`,
      [own.id],
    );
    await next.see();
    expect(await next.others()).toEqual([]);
  });

  deliveryTest(
    'whether anything of them is still written',
    async ({ fixtures: { db, database } }) => {
      const { own, register } = await enrolled(db, {});
      expect(await register.isConnected(own.id)).toBe(false);
      const itsOwn = openDatabase({
        url: database.url,
        encryptionKeys: [randomBytes(32)],
        applicationName: dispatcherApplicationName(own.id),
      });
      await itsOwn.dispatchPool.query('SELECT 1');
      expect(await register.isConnected(own.id)).toBe(true);
      await itsOwn.close();
      await eventually(async () => expect(await register.isConnected(own.id)).toBe(false));
    },
  );
});
