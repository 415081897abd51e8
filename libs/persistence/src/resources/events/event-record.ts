import { Prisma } from '../../generated/client.js';

/** The columns of an `EventRecord`. */
export const EVENT_COLUMNS = Prisma.sql`
  id, tenant_id AS "tenantId", type, occurred_at AS "occurredAt", accepted_at AS "acceptedAt", payload,
  erased_at AS "erasedAt"`;
