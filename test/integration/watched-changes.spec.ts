import { uuidV7 } from '@schoolbell/ids';
import { type Seen, WatchRepository } from '@schoolbell/persistence';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import { DeliveryFixtures } from './delivery-fixtures.js';

const MINUTE = 60_000;

describe('what changed since the last look', () => {
  let fixtures: DeliveryFixtures;
  let webhookId: string;
  let watch: WatchRepository;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    webhookId = await fixtures.addWebhook();
    watch = new WatchRepository(fixtures.db);
  });
  afterAll(() => fixtures.close());

  /** @param seen what the look before saw */
  async function look(seen?: Seen) {
    const since = new Date(Date.now() - MINUTE);
    const before = new Date(Date.now() + MINUTE);
    const { tenantId } = fixtures;
    const attempted = await watch.attempted([tenantId], { since, seen, before });
    const created = await watch.ofTenant(tenantId, (at) => at.created(since, seen));
    return {
      seen: attempted.seen,
      attempted: attempted.idsOf(tenantId),
      created: created.map(({ id }) => id),
    };
  }

  /** At once, unless a transaction of another suite is under way: until it ends, later rows are read again. */
  async function nothingMore(seen: Seen): Promise<Seen> {
    let last = seen;
    await eventually(async () => {
      const next = await look(last);
      last = next.seen;
      expect(next).toMatchObject({ attempted: [], created: [] });
    });
    return last;
  }

  const ATTEMPT = `
    INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
      request_headers, response_status, total_ms)
    VALUES ($1, $2, $3, $4, 1, 'scheduled', 'delivered', now(), '', '', '{}', 200, 100)`;
  const attemptAt = (deliveryId: string) => [uuidV7(), fixtures.tenantId, deliveryId, webhookId];

  it('is read once, and again when it changed again', async () => {
    const [id] = await fixtures.addDeliveries(webhookId, { count: 1 });
    const first = await look();
    expect(first.created).toContain(id);
    const seen = await nothingMore(first.seen);
    await fixtures.sql('UPDATE deliveries SET updated_at = now() WHERE id = $1', [id]);
    await fixtures.sql(ATTEMPT, attemptAt(id!));
    expect(await look(seen)).toMatchObject({ attempted: [id], created: [id] });
  });

  it('is read when it was committed late, after later changes were read', async () => {
    const [late, soon] = await fixtures.addDeliveries(webhookId, { count: 2 });
    const { seen } = await look();
    const recording = new Client({ connectionString: fixtures.database.url });
    await recording.connect();
    await recording.query('BEGIN');
    await recording.query(ATTEMPT, attemptAt(late!));
    await recording.query('UPDATE deliveries SET updated_at = now() WHERE id = $1', [late]);
    await fixtures.sql(ATTEMPT, attemptAt(soon!));
    const meanwhile = await look(seen);
    expect(meanwhile.attempted).toContain(soon);
    expect(meanwhile.attempted).not.toContain(late);
    await recording.query('COMMIT');
    await recording.end();
    const afterwards = await look(meanwhile.seen);
    expect(afterwards.attempted).toContain(late);
    expect(afterwards.created).toContain(late);
    await nothingMore(afterwards.seen);
  });
});
