import type { ClaimedDelivery } from '@schoolbell/delivery';
import { isUnanswered } from '../database/database-fault.js';
import type { Database } from '../database/database.js';
import { runPrepared } from '../database/run-prepared.js';
import { sql } from '../steps/statement.js';
import type { EndedLease } from './end-leases.js';

/**
 * How many sweeps look for a claim whose answer was lost. If its commit waited for a standby, it shows when commits go
 * on again, and the first sweep may come just before.
 */
const LOOKS = 2;

/** What is leased, by the names under which these are prepared. `$1` the ids of leases */
export const HELD_LEASES = {
  held_leases: heldIn('due_deliveries'),
  held_fallback_leases: heldIn('fallbacks'),
  held_batch_leases: heldIn('batches', 'id'),
};

/** As much of a claim as giving it back takes. */
export type GivenBack = { claimed: Pick<ClaimedDelivery, 'id' | 'leaseId'>; sent: boolean };

interface HeldRow extends EndedLease {
  id: string;
  lease_id: string;
}

/**
 * Claims that Postgres may have carried out although their answer was lost. Nothing that they leased was sent, so it is
 * given back: otherwise it would wait for the lease to end, and count as interrupted.
 */
export class UnansweredClaims {
  /** By the id of the lease. */
  private readonly looksLeft = new Map<string, number>();

  constructor(
    private readonly db: Pick<Database, 'maintenancePool'>,
    private readonly name: keyof typeof HELD_LEASES,
  ) {}

  /** Runs a claim, and remembers its lease if the answer is lost. */
  async under<Answer>(leaseId: string, claim: () => Promise<Answer>): Promise<Answer> {
    try {
      return await claim();
    } catch (error) {
      if (isUnanswered(error)) this.looksLeft.set(leaseId, LOOKS);
      throw error;
    }
  }

  /**
   * For every sweep, once Postgres works again.
   *
   * @returns what can be claimed again
   */
  async giveBack(release: (held: GivenBack[]) => Promise<void>): Promise<EndedLease[]> {
    const leaseIds = [...this.looksLeft.keys()];
    if (leaseIds.length === 0) return [];
    // First: a look that fails must not make every later sweep fail.
    for (const id of leaseIds) this.looked(id);
    const { name } = this;
    const held = await runPrepared<HeldRow>(this.db.maintenancePool, {
      name,
      text: HELD_LEASES[name],
      values: [leaseIds],
    });
    await release(
      held.map((row) => ({ claimed: { id: row.id, leaseId: row.lease_id }, sent: false })),
    );
    return held;
  }

  private looked(leaseId: string): void {
    const left = this.looksLeft.get(leaseId)! - 1;
    if (left > 0) this.looksLeft.set(leaseId, left);
    else this.looksLeft.delete(leaseId);
  }
}

/**
 * Looks at the whole table, since no index knows of leases: twice after an outage, and off the dispatching pool. A long
 * outage leaves thousands of ids, so they are joined, which takes one look at each row.
 */
function heldIn(table: string, key = 'delivery_id'): string {
  return sql`
SELECT d.${key} AS id, d.lease_id, d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at
FROM unnest($1::uuid[]) AS l (id)
JOIN ${table} d ON d.lease_id = l.id`;
}
