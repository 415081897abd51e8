import { fromTypeId, uuidV7 } from '@schoolbell/ids';
import { PostgresEventIntake } from '@schoolbell/persistence';
import type { TestDatabase } from '../../support/index.js';
import type { ApiUnderTest, TenantUnderTest } from './start-api.js';

/** Accepts events of a tenant; without a dispatcher their deliveries wait. */
export async function acceptEvents(
  api: ApiUnderTest,
  { tenantUuid }: TenantUnderTest,
  count: number,
): Promise<void> {
  const events = Array.from({ length: count }, () => ({
    id: uuidV7(),
    tenantId: tenantUuid,
    type: 'session.completed',
    occurredAt: new Date(),
    payload: '{"sessionId":"s"}',
    subject: { sessionId: 's' },
  }));
  await new PostgresEventIntake(api.db).accept(events);
}

/** How many deliveries of a tenant have which status, and how many are due. */
export async function countDeliveries(
  api: ApiUnderTest,
  { tenantUuid }: TenantUnderTest,
): Promise<Record<string, number>> {
  const rows = await api.database.query<{ status: string; count: number }>(
    `SELECT status, count(*)::int AS count FROM deliveries WHERE tenant_id = $1 GROUP BY status
     UNION ALL SELECT 'due', count(*)::int FROM due_deliveries WHERE tenant_id = $1`,
    [tenantUuid],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** Makes deliveries of one event wait: half of them due now, the others in an hour. Takes seconds. */
export async function addBacklog(
  database: TestDatabase,
  webhookId: string,
  count: number,
): Promise<void> {
  await database.query(
    `WITH e AS (
       INSERT INTO events (id, tenant_id, type, occurred_at, payload)
       SELECT new_uuid_v7(), tenant_id, 'session.completed', now(), '{"sessionId":"s"}'
       FROM webhooks WHERE id = $1
       RETURNING id, tenant_id
     ), d AS (
       INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
       SELECT new_uuid_v7(), tenant_id, id, 'session.completed', $1,
         now() + CASE WHEN n > $2 / 2 THEN interval '1 hour' ELSE interval '0' END
       FROM e, generate_series(1, $2::integer) n
       RETURNING id, tenant_id, event_id, webhook_id, next_attempt_at
     )
     INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
     SELECT id, tenant_id, webhook_id, event_id, next_attempt_at FROM d`,
    [fromTypeId('webhook', webhookId), count],
  );
}
