import type { ClaimedDelivery } from '@schoolbell/delivery';
import { isRow } from '../steps/predicates.js';
import { materialized, sql, statement } from '../steps/statement.js';

/** For deliveries. `$1` delivery ids, `$2` lease ids, `$3` lease in seconds from now */
export const EXTEND_LEASES = extendLeases('due_deliveries');

/** The same for fallbacks. */
export const EXTEND_FALLBACK_LEASES = extendLeases('fallbacks');

/** The same for batches, by their own ids. */
export const EXTEND_BATCH_LEASES = extendLeases('batches', 'id');

/** A row that somebody has locked is skipped: no claim can take it over in the meantime. */
function extendLeases(table: string, key = 'delivery_id'): string {
  return statement(
    {
      held: materialized(sql`
        SELECT d.${key}
        FROM unnest($1::uuid[], $2::uuid[]) AS l (${key}, lease_id)
        JOIN ${table} d ON ${isRow(`d.${key}`, `l.${key}`)} AND d.lease_id = l.lease_id
        FOR UPDATE OF d SKIP LOCKED`),
    },
    sql`
    UPDATE ${table} d SET leased_until = now() + $3 * interval '1 second'
    FROM held h WHERE ${isRow(`d.${key}`, `h.${key}`)}`,
  );
}

export function extendLeasesParameters(
  claims: readonly ClaimedDelivery[],
  leaseSeconds: number,
): unknown[] {
  return [claims.map(({ id }) => id), claims.map(({ leaseId }) => leaseId), leaseSeconds];
}
