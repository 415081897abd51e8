import { LEASE_HOLDER_DIGITS } from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { runPrepared } from '../database/run-prepared.js';
import { isRow, isUnderWay } from '../steps/predicates.js';
import { materialized, sql, statement } from '../steps/statement.js';

/** Milliseconds: columns keep these, and a lease must have ended before the next claim begins. */
const AGO = 1;

/**
 * A delivery that was cut off this many times in a row waits for its lease to end: a dispatcher that dies again and
 * again, for example for want of memory, must not turn everything that it holds into dead letters within seconds.
 */
const MOST_AT_ONCE = 2;

/** By the names under which they are prepared. `$1` who holds the leases that end */
export const END_LEASES = {
  end_leases: leasesEnded('due_deliveries'),
  end_fallback_leases: leasesEnded('fallbacks'),
  end_batch_leases: leasesEnded('batches', 'id'),
};

export interface EndedLease {
  webhook_id: string;
  /** Of the delivery, in Unix milliseconds. */
  due_at: number;
}

/**
 * Ends the leases of a dead dispatcher: whoever claims next finds leases that have run out, and goes on as if time
 * had passed. Rows that somebody has locked are left to the next call.
 *
 * @param holder see `leaseIdsOf`
 */
export function endLeases(
  db: Pick<Database, 'maintenancePool'>,
  name: keyof typeof END_LEASES,
  holder: string,
): Promise<EndedLease[]> {
  const text = END_LEASES[name];
  return runPrepared<EndedLease>(db.maintenancePool, { name, text, values: [holder] });
}

/** Each of these webhooks once. */
export function webhooksOfLeases(ended: readonly EndedLease[]): string[] {
  return [...new Set(ended.map((lease) => lease.webhook_id))];
}

/** Looks at the whole table, since no index knows of leases: once for each death, and off the dispatching pool. */
function leasesEnded(table: string, key = 'delivery_id'): string {
  return statement(
    {
      left_behind: materialized(sql`
        SELECT d.${key}
        FROM ${table} d
        WHERE ${isUnderWay('d')} AND right(d.lease_id::text, ${LEASE_HOLDER_DIGITS}) = $1
          AND d.interruptions < ${MOST_AT_ONCE}
        FOR UPDATE SKIP LOCKED`),
    },
    sql`
    UPDATE ${table} d SET leased_until = now() - interval '${AGO} milliseconds'
    FROM left_behind l WHERE ${isRow(`d.${key}`, `l.${key}`)}
    RETURNING d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at`,
  );
}
