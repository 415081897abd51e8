import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { PARTITIONED_TABLES, type PartitionedTable } from './partition.js';
import { walkRows, type Stride } from './walk-rows.js';
import { STAYS } from './what-stays.js';

export type DeletedRows = Record<PartitionedTable, number>;

interface RowsToDelete {
  /** The name of each table's partition. */
  partitionOf: (table: PartitionedTable) => string;
  /** Younger rows stay. */
  horizon: Date;
  /** Dead letters that died later stay. */
  youngSince: Date;
}

/**
 * Deletes row by row what is older than `horizon` and has no reason to stay: for the default partition, and
 * for one in which so much still waits that it cannot be dropped.
 *
 * @param deleted counts what went
 * @returns true when there may be more: the next round goes on
 */
export async function deleteRows(
  client: ClientBase,
  { partitionOf, horizon, youngSince }: RowsToDelete,
  positions: Map<string, string>,
  deleted: DeletedRows,
): Promise<boolean> {
  let unfinished = false;
  for (const table of PARTITIONED_TABLES) {
    const partition = partitionOf(table);
    const statement = deleteStatement(table, partition);
    const walk = await walkRows(partition, positions, async (after, limit) => {
      const values = [youngSince, after, boundAt(horizon), limit];
      return (await client.query<Stride>(statement, values)).rows[0]!;
    });
    deleted[table] += walk.deleted;
    unfinished ||= walk.unfinished;
  }
  return unfinished;
}

/** `$2` the id to go on after, `$3` the id to stop before, `$4` how many to look at. */
function deleteStatement(table: PartitionedTable, partition: string): string {
  return `
    WITH looked_at AS MATERIALIZED (
      SELECT id FROM ${partition} WHERE id > $2 AND id < $3 ORDER BY id LIMIT $4
    ),
    deleted AS (
      DELETE FROM ${partition} r USING looked_at l WHERE r.id = l.id AND NOT coalesce(${STAYS[table]}, false)
      RETURNING r.id
    )
    SELECT (SELECT count(*) FROM deleted) AS deleted,
      (SELECT id FROM looked_at ORDER BY id DESC LIMIT 1) AS reached`;
}
