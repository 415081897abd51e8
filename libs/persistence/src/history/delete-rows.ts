import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { PARTITIONED_TABLES, type PartitionedTable } from './partition.js';
import { STAYS } from './what-stays.js';

const ROWS_PER_STATEMENT = 5_000;
/** About a minute's worth for one table; the next round goes on. */
const MOST_STATEMENTS = 200;
const LOWEST_UUID = '00000000-0000-0000-0000-000000000000';

export type DeletedRows = Record<PartitionedTable, number>;

/**
 * Deletes row by row what is older than `horizon` and has no reason to stay: for the default partition, and
 * for one in which so much still waits that it cannot be dropped.
 *
 * @param partitionOf the name of each table's partition
 * @param youngSince dead letters that died later stay
 */
export async function deleteRows(
  client: ClientBase,
  partitionOf: (table: PartitionedTable) => string,
  horizon: Date,
  youngSince: Date,
): Promise<DeletedRows> {
  const deleted: DeletedRows = { events: 0, deliveries: 0, attempts: 0 };
  for (const table of PARTITIONED_TABLES) {
    let after: string | null = LOWEST_UUID;
    for (let i = 0; after !== null && i < MOST_STATEMENTS; i++) {
      const { rows }: { rows: Step[] } = await client.query<Step>(
        deleteStatement(table, partitionOf(table)),
        [youngSince, after, boundAt(horizon)],
      );
      deleted[table] += rows[0]!.deleted;
      after = rows[0]!.reached;
    }
  }
  return deleted;
}

interface Step {
  deleted: number;
  /** The last id that was looked at; null when there are no more. */
  reached: string | null;
}

/** `$2` the id to go on after, `$3` the id to stop before; what stays is passed over, not looked at again. */
function deleteStatement(table: PartitionedTable, partition: string): string {
  return `
    WITH looked_at AS MATERIALIZED (
      SELECT id FROM ${partition} WHERE id > $2 AND id < $3 ORDER BY id LIMIT ${ROWS_PER_STATEMENT}
    ),
    deleted AS (
      DELETE FROM ${partition} r USING looked_at l WHERE r.id = l.id AND NOT coalesce(${STAYS[table]}, false)
      RETURNING r.id
    )
    SELECT (SELECT count(*) FROM deleted) AS deleted,
      (SELECT id FROM looked_at ORDER BY id DESC LIMIT 1) AS reached`;
}
