import { uuidV7 } from '@schoolbell/delivery';
import { PostgresEventIntake } from '@schoolbell/persistence';
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

/** How many deliveries of a tenant are in each status, and how many are due. */
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
