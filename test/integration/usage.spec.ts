import { uuidV7 } from '@schoolbell/ids';
import type { PostgresEventIntake } from '@schoolbell/persistence';
import { describe, expect } from 'vitest';
import { launchAt, NOVEMBER, usageTest, withKey } from './usage-fixtures.js';

usageTest.beforeEach(({ usage }) => usage.beginAnew());

describe('what a tenant used in a month', () => {
  usageTest('is there at once, and stays what it is once it is counted', async ({ usage }) => {
    const tenantId = await usage.newTenant(50);
    await usage.launch(tenantId, 3);
    await usage.accept(launchAt(tenantId, NOVEMBER, { type: 'session.completed' }));
    const expected = { launches: 3, events: 4, deliveries: 0, limit: 50 };
    expect(await usage.usageOf(tenantId)).toEqual(expected);
    await usage.count();
    await usage.countEvents();
    expect(await usage.usageOf(tenantId)).toEqual(expected);
    expect(await usage.deliveries.sql('SELECT FROM launch_tallies')).toEqual([]);
  });

  usageTest('is nothing in a month without events', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.launch(tenantId, 3);
    const nothing = { launches: 0, events: 0, deliveries: 0, limit: null };
    expect(await usage.usageOf(tenantId, '2026-10')).toEqual(nothing);
  });

  usageTest('is that of the tenant alone', async ({ usage }) => {
    const [one, other] = [await usage.newTenant(), await usage.newTenant()];
    await usage.accept(launchAt(one, NOVEMBER), launchAt(other, NOVEMBER), launchAt(one, NOVEMBER));
    expect(await usage.usageOf(one)).toMatchObject({ launches: 2 });
    await usage.count();
    expect(await usage.usageOf(other)).toMatchObject({ launches: 1 });
  });

  usageTest('is by the month in UTC in which an event was accepted', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.accept(
      launchAt(tenantId, '2026-11-30T23:59:59.999Z'),
      launchAt(tenantId, '2026-12-01T00:00:00.000Z'),
      launchAt(tenantId, '2026-12-01T00:00:00.001Z'),
    );
    for (const counted of [false, true]) {
      if (counted) await Promise.all([usage.count(), usage.countEvents()]);
      expect(await usage.usageOf(tenantId, '2026-11')).toMatchObject({ launches: 1, events: 1 });
      expect(await usage.usageOf(tenantId, '2026-12')).toMatchObject({ launches: 2, events: 2 });
    }
    const stored = await usage.deliveries.sql(
      `SELECT to_char(accepted_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::integer
       FROM events WHERE tenant_id = $1 GROUP BY 1 ORDER BY 1`,
      [tenantId],
    );
    expect(stored).toEqual([
      { month: '2026-11', count: 1 },
      { month: '2026-12', count: 2 },
    ]);
  });

  usageTest(
    'has a delivery for each webhook that wanted an event, but no tests',
    async ({ usage }) => {
      const { deliveries } = usage;
      const { tenantId } = deliveries;
      await deliveries.addWebhook({ eventTypes: ['session.completed'] });
      const webhook = await deliveries.addWebhook({ eventTypes: ['*'], status: 'paused' });
      await deliveries.addDeliveries(webhook, { test: true });
      const now = Date.now();
      const completed = launchAt(tenantId, now, { type: 'session.completed' });
      await usage.accept(completed, launchAt(tenantId, now));
      const month = new Date(now).toISOString().slice(0, 7);
      for (const counted of [false, true]) {
        if (counted) await usage.countEvents();
        expect(await usage.usageOf(tenantId, month)).toMatchObject({ events: 2, deliveries: 3 });
      }
    },
  );

  usageTest('does not have what Schoolbell emits itself among its events', async ({ usage }) => {
    const tenantId = await usage.newTenant(1);
    const now = Date.now();
    await usage.launch(tenantId, 1, now);
    expect(await usage.count()).toEqual([80, 100]);
    const month = new Date(now).toISOString().slice(0, 7);
    for (const counted of [false, true]) {
      if (counted) await usage.countEvents();
      expect(await usage.usageOf(tenantId, month)).toMatchObject({ events: 1 });
    }
  });

  usageTest('leaves out whatever was not accepted', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.accept(launchAt(tenantId, NOVEMBER, withKey('taken')));
    const conflict = launchAt(tenantId, NOVEMBER, withKey('taken'));
    conflict.idempotency!.bodyHash.fill(0);
    await usage.intakes[0]!.acceptAllOrNone([launchAt(tenantId, NOVEMBER), conflict]);
    await usage.accept(launchAt(uuidV7(), NOVEMBER));
    expect(await usage.usageOf(tenantId)).toMatchObject({ launches: 1, events: 1 });
  });

  usageTest('stays when its events are pruned', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.launch(tenantId, 2);
    await usage.countEvents();
    await usage.deliveries.sql('DELETE FROM events WHERE tenant_id = $1', [tenantId]);
    expect(await usage.usageOf(tenantId)).toMatchObject({ launches: 2, events: 2 });
  });

  usageTest(
    'is exact while two APIs accept, with repeats, and two dispatchers count',
    async ({ usage }) => {
      const tenantId = await usage.newTenant();
      const seen: number[] = [];
      let accepting = true;
      const looking = (async () => {
        while (accepting) seen.push((await usage.usageOf(tenantId)).launches);
      })();
      const counting = usage.counters.map(async (counter) => {
        while (accepting) await usage.count(counter);
      });
      const accept = async (intake: PostgresEventIntake) => {
        for (let flush = 0; flush < 60; flush++) {
          const keys = Array.from({ length: 10 }, (_, n) => `${flush}-${n}`);
          const repeated = keys.map((key) => launchAt(tenantId, NOVEMBER, withKey(key)));
          await intake.accept([...repeated, launchAt(tenantId, NOVEMBER), ...repeated]);
        }
      };
      await Promise.all(usage.intakes.map(accept));
      accepting = false;
      await Promise.all([looking, ...counting]);
      const launches = 60 * 10 + 2 * 60;
      expect(await usage.usageOf(tenantId)).toMatchObject({ launches, events: launches });
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      const rows = await usage.deliveries.sql('SELECT FROM events WHERE tenant_id = $1', [
        tenantId,
      ]);
      expect(rows).toHaveLength(launches);
    },
  );

  usageTest('goes with its tenant, also what is not counted yet', async ({ usage }) => {
    const [gone, stays] = [await usage.newTenant(), await usage.newTenant()];
    await usage.launch(gone, 1);
    await usage.launch(stays, 1);
    await usage.deliveries.sql('DELETE FROM tenants WHERE id = $1', [gone]);
    await usage.count();
    expect(await usage.usageOf(stays)).toMatchObject({ launches: 1 });
    expect(await usage.deliveries.sql('SELECT FROM launch_tallies')).toEqual([]);
  });
});
