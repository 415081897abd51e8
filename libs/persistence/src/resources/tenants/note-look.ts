import { toTypeId, uuidV7 } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import type { Database } from '../../database/database.js';
import { boundAt } from '../../database/id-range.js';

/**
 * Writes to the audit log that somebody of the platform looked at a tenant, once for each of them, tenant and hour.
 *
 * @param tenantId UUID
 * @param hour its beginning
 */
export async function noteLook(
  { prisma }: Pick<Database, 'prisma'>,
  { actor, address, requestId }: Author,
  tenantId: string,
  hour: Date,
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO audit_log (id, tenant_id, actor_kind, actor_id, actor_name, action, resource_kind, resource_id,
      address, request_id)
    SELECT ${uuidV7()}::uuid, ${tenantId}::uuid, ${actor.kind}, ${actor.id}, ${actor.name}, 'tenant.viewed', 'tenant',
      ${toTypeId('tenant', tenantId)}, ${address}, ${requestId}
    WHERE NOT EXISTS (
      SELECT FROM audit_log a
      WHERE a.tenant_id = ${tenantId}::uuid AND a.id >= ${boundAt(hour)}::uuid AND a.action = 'tenant.viewed'
        AND a.actor_id = ${actor.id})`;
}
