import { uuidV7 } from '@schoolbell/ids';
import { History } from '@schoolbell/persistence';
import type { DeliveryFixtures } from './delivery-fixtures.js';

const DAY = 86_400_000;
export const NOW = new Date();
export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const PARTITIONED = ['events', 'deliveries', 'attempts'] as const;

export interface OldDelivery {
  /** Days. */
  age: number;
  status?: 'waiting' | 'delivered' | 'dead' | 'discarded';
  /** Days ago. */
  died?: number;
}

/** Names of the partitions of `deliveries`, oldest first, without the default partition. */
export async function partitions(fixtures: DeliveryFixtures): Promise<string[]> {
  const rows = await fixtures.sql(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent = 'deliveries'::regclass AND inhrelid <> 'deliveries_default'::regclass
     ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

export async function dropPartitions(fixtures: DeliveryFixtures): Promise<void> {
  const names = (await partitions(fixtures)).map((name) => name.replace('deliveries_', ''));
  for (const name of names) {
    for (const table of PARTITIONED) await fixtures.sql(`DROP TABLE ${table}_${name}`);
  }
}

/** As if dispatchers with a retention of 30 days had run for two months. */
export async function partitionsOfTheLastMonths(fixtures: DeliveryFixtures): Promise<void> {
  await dropPartitions(fixtures);
  const history = new History(fixtures.db, 30);
  for (let days = 60; days >= 0; days -= 5) await history.makeAhead(daysAgo(days));
}

/** Adds a delivery with its event and one attempt, all of the same age. @returns its id */
export async function addOld(
  fixtures: DeliveryFixtures,
  webhookId: string,
  { age, status = 'delivered', died }: OldDelivery,
): Promise<string> {
  const time = daysAgo(age).getTime();
  const [id, eventId] = [uuidV7(time), uuidV7(time)];
  await fixtures.sql(
    `INSERT INTO events (id, tenant_id, type, occurred_at, payload)
     VALUES ($1, $2, 'session.completed', now(), '{}')`,
    [eventId, fixtures.tenantId],
  );
  await fixtures.sql(
    `INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type, status, dead_at)
     VALUES ($1, $2, $3, $4, 'session.completed', $5, $6)`,
    [id, eventId, fixtures.tenantId, webhookId, status, died === undefined ? null : daysAgo(died)],
  );
  await addAttempt(fixtures, id, age);
  if (status === 'waiting') {
    await fixtures.sql(
      `INSERT INTO due_deliveries (delivery_id, event_id, tenant_id, webhook_id, due_at, attempt_count)
       VALUES ($1, $2, $3, $4, now() - interval '1 minute', 1)`,
      [id, eventId, fixtures.tenantId, webhookId],
    );
  }
  return id;
}

/** @param age days */
export async function addAttempt(
  fixtures: DeliveryFixtures,
  deliveryId: string,
  age: number,
): Promise<void> {
  await fixtures.sql(
    `INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
       request_headers, total_ms)
     SELECT $1, id, webhook_id, 1, 'scheduled', 'failed', now(), 'https://x.example', 'allureconnect', '{}', 5
     FROM deliveries WHERE id = $2`,
    [uuidV7(daysAgo(age).getTime()), deliveryId],
  );
}
