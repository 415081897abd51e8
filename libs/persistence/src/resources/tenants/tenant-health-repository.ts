import type { Database } from '../../database/database.js';
import { readList } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';

/** Dead letters are counted up to this many: a tenant can have millions, and a page shows many tenants. */
export const MOST_DEAD_LETTERS_COUNTED = 1_000;

/** How a tenant is doing at a glance. */
export interface TenantHealth {
  /** UUID of the tenant. */
  id: string;
  webhooks: number;
  webhooksPaused: number;
  /** Active, and the last attempt failed. */
  webhooksFailing: number;
  /** At most {@link MOST_DEAD_LETTERS_COUNTED}. */
  deadLetters: number;
}

/** Tells how tenants are doing, for the platform: by indexes alone, some 1 ms for each tenant. */
export class TenantHealthRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /** @param ids UUIDs @returns by id @throws ListTooSlowError */
  async of(ids: readonly string[]): Promise<Map<string, TenantHealth>> {
    if (ids.length === 0) return new Map();
    const rows = await readList<TenantHealth>(this.db, undefined, healthOfEach(ids));
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function healthOfEach(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT tenant.id, w.*, d.*
    FROM unnest(${ids}::uuid[]) AS tenant (id)
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS webhooks,
        count(*) FILTER (WHERE status = 'paused')::integer AS "webhooksPaused",
        count(*) FILTER (WHERE status = 'active' AND consecutive_failures > 0)::integer AS "webhooksFailing"
      FROM webhooks WHERE tenant_id = tenant.id AND deleted_at IS NULL
    ) w
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS "deadLetters" FROM (
        SELECT FROM deliveries WHERE tenant_id = tenant.id AND dead_at IS NOT NULL AND status = 'dead'
        LIMIT ${MOST_DEAD_LETTERS_COUNTED}) dead
    ) d`;
}
