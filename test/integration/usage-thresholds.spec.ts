import { eventTypeNamed } from '@schoolbell/catalogue';
import { describe, expect } from 'vitest';
import { AN_AUTHOR, eventually } from '../support/index.js';
import { NOVEMBER, usageTest } from './usage-fixtures.js';

const OWNERS = ['one@example.com', 'other@example.com'];

usageTest.beforeEach(({ usage }) => usage.beginAnew());

describe('a threshold of a month’s launches', () => {
  usageTest('is told when it is reached, and not before, once', async ({ usage }) => {
    const tenantId = await usage.newTenant(10);
    await usage.launch(tenantId, 7);
    expect(await usage.count()).toEqual([]);
    await usage.launch(tenantId, 1);
    expect(await usage.count()).toEqual([80]);
    await usage.launch(tenantId, 1);
    expect(await usage.count()).toEqual([]);
    await usage.launch(tenantId, 1);
    expect(await usage.count()).toEqual([100]);
    await usage.launch(tenantId, 10);
    expect(await usage.count()).toEqual([]);
    expect(await usage.told(tenantId)).toEqual([
      { period: '2026-11', launches: 8, limit: 10, percent: 80 },
      { period: '2026-11', launches: 10, limit: 10, percent: 100 },
    ]);
  });

  usageTest('of 80 is told before that of 100 when a jump reaches both', async ({ usage }) => {
    const tenantId = await usage.newTenant(3);
    await usage.launch(tenantId, 5);
    expect(await usage.count()).toEqual([80, 100]);
    const told = await usage.told(tenantId);
    expect(told.map(({ percent }) => percent)).toEqual([80, 100]);
    for (const data of told) expect(data).toMatchObject({ launches: 5, limit: 3 });
  });

  usageTest('is told once also when two dispatchers count at once', async ({ usage }) => {
    const tenantId = await usage.newTenant(100);
    for (let flush = 0; flush < 30; flush++) {
      await usage.launch(tenantId, 4);
      await Promise.all(usage.counters.map((counter) => usage.count(counter)));
    }
    await usage.count();
    expect((await usage.told(tenantId)).map(({ percent }) => percent)).toEqual([80, 100]);
  });

  usageTest('is told anew in the next month', async ({ usage }) => {
    const tenantId = await usage.newTenant(1);
    await usage.launch(tenantId, 1);
    await usage.launch(tenantId, 1, '2026-12-01T00:00:00Z');
    await usage.count();
    expect((await usage.told(tenantId)).map(({ period }) => period)).toEqual([
      '2026-11',
      '2026-11',
      '2026-12',
      '2026-12',
    ]);
  });

  usageTest('is not told again after the limit was raised', async ({ usage }) => {
    const tenantId = await usage.newTenant(10);
    await usage.launch(tenantId, 8);
    expect(await usage.count()).toEqual([80]);
    await usage.tenants.update(AN_AUTHOR, tenantId, { monthlyLaunchLimit: 20 });
    await usage.launch(tenantId, 8);
    expect(await usage.count()).toEqual([]);
    await usage.launch(tenantId, 4);
    expect(await usage.count()).toEqual([100]);
  });

  usageTest('is told when a limit that is set or lowered makes it so', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.launch(tenantId, 8, Date.now());
    expect(await usage.count()).toEqual([]);
    await usage.tenants.update(AN_AUTHOR, tenantId, { monthlyLaunchLimit: 10 });
    expect(await usage.count()).toEqual([80]);
    await usage.tenants.update(AN_AUTHOR, tenantId, { monthlyLaunchLimit: 5 });
    expect(await usage.count()).toEqual([100]);
    await usage.tenants.update(AN_AUTHOR, tenantId, { name: 'Acme 2' });
    expect(await usage.deliveries.sql('SELECT FROM launch_tallies')).toEqual([]);
  });

  usageTest('is told when its limit is set while launches are counted', async ({ usage }) => {
    const tenantId = await usage.newTenant();
    await usage.launch(tenantId, 1, Date.now());
    await usage.count();
    await usage.launch(tenantId, 7, Date.now());
    const letGo = await usage.holdUp(tenantId);
    const [one, other] = usage.counters.map((counter) => () => counter.next());
    const counting = one!();
    await eventually(() => usage.isHeldUp());
    await usage.tenants.update(AN_AUTHOR, tenantId, { monthlyLaunchLimit: 10 });
    expect(await other!()).toEqual({ reached: [], more: false });
    await letGo();
    expect(await counting).toEqual({ reached: [], more: false });
    expect(await usage.count()).toEqual([80]);
  });

  usageTest('is told once when a dispatcher dies while it counts', async ({ usage }) => {
    const tenantId = await usage.newTenant(10);
    await usage.launch(tenantId, 1);
    await usage.count();
    await usage.launch(tenantId, 7);
    const letGo = await usage.holdUp(tenantId);
    const dying = expect(usage.counters[0]!.next()).rejects.toThrow();
    await eventually(() => usage.isHeldUp());
    await usage.deliveries.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    await dying;
    await letGo();
    expect(await usage.count(usage.counters[1])).toEqual([80]);
    expect(await usage.usageOf(tenantId)).toMatchObject({ launches: 8 });
    expect(await usage.told(tenantId)).toHaveLength(1);
  });

  usageTest('does not exist without a limit, and with a limit of 0', async ({ usage }) => {
    const [unlimited, nothing] = [await usage.newTenant(), await usage.newTenant(0)];
    await usage.launch(unlimited, 5);
    await usage.launch(nothing, 5);
    expect(await usage.count()).toEqual([]);
    await usage.tenants.update(AN_AUTHOR, unlimited, { monthlyLaunchLimit: null });
    expect(await usage.count()).toEqual([]);
  });

  usageTest('goes to each owner by e-mail', async ({ usage }) => {
    const [tenantId, ownerless] = [await usage.newTenant(10, OWNERS), await usage.newTenant(10)];
    await usage.launch(tenantId, 10);
    await usage.launch(ownerless, 8);
    await usage.count();
    const mailsOf = (id: string) =>
      usage.deliveries.sql('SELECT * FROM mails WHERE tenant_id = $1 ORDER BY id', [id]);
    const facts = { period: '2026-11', launches: 10, limit: 10 };
    expect(await mailsOf(tenantId)).toMatchObject(
      [80, 100].flatMap((percent) =>
        OWNERS.map((recipient) => ({
          kind: 'usage.threshold',
          recipient,
          status: 'waiting',
          facts: { ...facts, percent },
        })),
      ),
    );
    expect(await mailsOf(ownerless)).toMatchObject([
      { recipient: null, status: 'failed', last_error: expect.stringContaining('nobody was told') },
    ]);
  });

  usageTest('is told as the catalogue allows, to webhooks that list it', async ({ usage }) => {
    const { deliveries } = usage;
    const scoped = await deliveries.addWebhook({
      eventTypes: ['usage.threshold'],
      packageIds: ['pkg_1'],
    });
    const { tenantId } = deliveries;
    await usage.tenants.update(AN_AUTHOR, tenantId, { monthlyLaunchLimit: 1 });
    await usage.launch(tenantId, 1, NOVEMBER);
    await usage.count();
    const [data] = await usage.told(tenantId);
    expect(eventTypeNamed('usage.threshold')!.prepare(data)).toMatchObject({ ok: true, data });
    expect(await deliveries.fanOut()).toEqual([scoped]);
    const made = await deliveries.sql('SELECT event_type FROM deliveries WHERE webhook_id = $1', [
      scoped,
    ]);
    expect(made).toEqual(Array(2).fill({ event_type: 'usage.threshold' }));
  });
});
