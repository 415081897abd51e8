import { uuidV7 } from '@schoolbell/ids';
import { AttemptCounter, BacklogCounter, TenantStatsRepository } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryFixtures } from './delivery-fixtures.js';

const HOUR = 3_600_000;
const NOW = new Date();
const THIS_HOUR = Math.floor(NOW.getTime() / HOUR) * HOUR;

describe('the stats of a tenant', () => {
  let fixtures: DeliveryFixtures;
  let webhooks: string[];
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    webhooks = [await fixtures.addWebhook(), await fixtures.addWebhook()];
  });
  afterAll(() => fixtures.close());

  const read = () => new TenantStatsRepository(fixtures.db).read(fixtures.tenantId, 24, NOW);
  const attempted = (webhookId: string, at: number, outcome = 'delivered') =>
    fixtures.sql(
      `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
         request_headers, response_status, total_ms)
       VALUES ($1, $1, $2, 1, 'scheduled', $3, now(), '', '', '{}', 200, 100)`,
      [uuidV7(at), webhookId, outcome],
    );

  it('are those of its webhooks together, the same before and after they are counted', async () => {
    await attempted(webhooks[0]!, THIS_HOUR - 3 * HOUR);
    await attempted(webhooks[1]!, THIS_HOUR - 3 * HOUR);
    await attempted(webhooks[1]!, THIS_HOUR - 2 * HOUR, 'failed');
    await attempted(uuidV7(), THIS_HOUR - 2 * HOUR);
    const before = await read();
    expect(before).toMatchObject({ delivered: 2, failed: 1, successRate: 2 / 3 });
    expect(before.countedUntil).toEqual(NOW);
    await new AttemptCounter(fixtures.db).count();
    await fixtures.sql('DELETE FROM attempts');
    expect(await read()).toEqual(before);
    const busy = before.hours.filter(({ successRate }) => successRate !== null);
    expect(busy).toMatchObject([
      { at: new Date(THIS_HOUR - 3 * HOUR), delivered: 2 },
      { at: new Date(THIS_HOUR - 2 * HOUR), failed: 1 },
    ]);
  });

  it('know what waits, and what waited in hours in which somebody counted', async () => {
    const counter = new BacklogCounter(fixtures.db);
    await fixtures.addDeliveries(webhooks[0]!, { count: 3 });
    await counter.count();
    await fixtures.sql(
      `UPDATE backlog_counts_progress SET hour = hour - interval '2 hours';
       UPDATE backlog_counts SET hour = hour - interval '2 hours'`,
    );
    await fixtures.addDeliveries(webhooks[1]!, { count: 2 });
    await counter.count();
    await counter.count();
    const { waiting, hours } = await read();
    expect(waiting).toBe(5);
    expect(hours.slice(-4).map((hour) => hour.waiting)).toEqual([null, 3, null, 5]);
  });

  it('are counted until a moment that they tell, where many attempts of other tenants are fresh', async () => {
    const now = new Date();
    const begin = now.getTime() - 100_000;
    await attempted(webhooks[0]!, begin);
    const fresh = Array.from({ length: 100_000 }, (_, i) => uuidV7(begin + 1 + i));
    await fixtures.sql(
      `INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
         request_headers, response_status, total_ms)
       SELECT id, $1, id, $1, 1, 'scheduled', 'delivered', now(), '', '', '{}', 200, 100
       FROM unnest($2::uuid[]) id`,
      [uuidV7(), fresh],
    );
    await attempted(webhooks[0]!, now.getTime());
    const stats = await new TenantStatsRepository(fixtures.db).read(fixtures.tenantId, 1, now);
    expect(stats.delivered).toBe(1);
    expect(stats.countedUntil).toEqual(new Date(begin + 10_000));
  });
});
