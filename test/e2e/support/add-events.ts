import type { JoinedSchoolbell, OwnWebhook } from '../../support/index.js';

/** Events without deliveries, as if the webhook had been registered after them. */
export async function addEvents(
  { database, tenantUuid }: JoinedSchoolbell,
  { packageId }: OwnWebhook,
  count: number,
): Promise<void> {
  await database.query(
    `INSERT INTO events (id, tenant_id, type, occurred_at, package_id, payload)
     SELECT new_uuid_v7(), $1, 'session.completed', now(), $2, '{"sessionId":"s"}'
     FROM generate_series(1, $3::integer)`,
    [tenantUuid, packageId, count],
  );
}
