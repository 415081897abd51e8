import type { PoolClient } from 'pg';
import type { Database } from '../../database/database.js';
import { runTransaction } from '../../database/run-transaction.js';
import {
  COUNT_LAUNCHES,
  TALLIES_AT_ONCE,
  type CountLaunchesRow,
  type UsageThresholdReached,
} from './count-launches.js';

/** An advisory lock: whoever holds it is the one who counts. */
const COUNTING_LOCK = 72_707_372;

/** What one step of counting did. */
export interface LaunchStep {
  /** Thresholds that tenants were told of in this step, by event and by e-mail. */
  reached: UsageThresholdReached[];
  /** Whether there may be more to count. */
  more: boolean;
}

/** Most looks find nothing: they need no transaction. */
const LOOK = {
  name: 'look_for_launches',
  text: 'SELECT EXISTS (SELECT FROM launch_tallies) AS found',
};

const NOTHING: LaunchStep = { reached: [], more: false };

/** Counts launches by tenant and month, from the tallies that accepting them left; see {@link COUNT_LAUNCHES}. */
export class LaunchCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /**
   * Counts the next tallies. If several dispatchers call this at once, one does it: the others could go by a limit of
   * the tenant that has just been changed.
   */
  async next(): Promise<LaunchStep> {
    const { rows } = await this.db.maintenancePool.query<{ found: boolean }>(LOOK);
    return rows[0]!.found ? runTransaction(this.db.maintenancePool, countNext) : NOTHING;
  }
}

async function countNext(client: PoolClient): Promise<LaunchStep> {
  const { rows } = await client.query<{ ours: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1) AS ours',
    [COUNTING_LOCK],
  );
  // A separate statement: it has to see everything that the previous holder of the lock committed.
  return rows[0]?.ours ? count(client) : NOTHING;
}

async function count(client: PoolClient): Promise<LaunchStep> {
  const { rows } = await client.query<CountLaunchesRow>({
    name: 'count_launches',
    text: COUNT_LAUNCHES,
  });
  const { taken, reached } = rows[0]!;
  return { reached: reached ?? [], more: taken === TALLIES_AT_ONCE };
}
