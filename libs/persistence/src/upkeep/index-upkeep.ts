import type { ClientBase, PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { bloatedIndexes, leftovers, sizeOf } from './queue-indexes.js';

/** One dispatcher at a time rebuilds indexes. */
const ADVISORY_LOCK = 72_707_372;

/**
 * How long an index waits for other transactions. Nobody waits behind it, but it holds off vacuum, and when it gives
 * up, its work was in vain.
 */
const PATIENCE_MS = 2_000;

/** Lock not available; a deadlock; cut off by the timeout of statements. */
const GAVE_UP = new Set(['55P03', '40P01', '57014']);

export interface RebuiltIndex {
  name: string;
  bytesBefore: number;
  bytesAfter: number;
}

export interface UpkeepReport {
  rebuilt: RebuiltIndex[];
  /** Half-built indexes of an earlier run that was cut off. */
  dropped: string[];
  /** Why there is more to do later; undefined when there is not. */
  putOff?: string;
}

/** Keeps the indexes of the queue's tables about as small as the rows that they have. */
export class IndexUpkeep {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /**
   * Builds anew what is bloated, while everybody reads and writes. Of several processes that do so at once, one
   * does it.
   */
  async round(): Promise<UpkeepReport> {
    const client = await this.db.maintenancePool.connect();
    let failure: Error | undefined;
    try {
      return await asTheOnlyOne(client, () => keepUp(client));
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }
}

async function asTheOnlyOne(
  client: PoolClient,
  work: () => Promise<UpkeepReport>,
): Promise<UpkeepReport> {
  const { rows } = await client.query<{ ours: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS ours',
    [ADVISORY_LOCK],
  );
  if (!rows[0]!.ours) return { rebuilt: [], dropped: [] };
  // After a failure the connection is closed, and lets go of all of it.
  await client.query(`SET lock_timeout = ${PATIENCE_MS}`);
  const report = await work();
  await client.query('RESET lock_timeout');
  await client.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCK]);
  return report;
}

async function keepUp(client: ClientBase): Promise<UpkeepReport> {
  const report: UpkeepReport = { rebuilt: [], dropped: [] };
  await dropLeftovers(client, report);
  for (const { name, table, bytes } of await bloatedIndexes(client)) {
    const inTheWay = await openTransaction(client, table);
    if (inTheWay) return { ...report, putOff: inTheWay };
    if (!(await gaveUp(client.query(`REINDEX INDEX CONCURRENTLY ${name}`)))) {
      report.rebuilt.push({ name, bytesBefore: bytes, bytesAfter: await sizeOf(client, name) });
      continue;
    }
    await dropLeftovers(client, report);
    return { ...report, putOff: `other transactions held up ${name}` };
  }
  return report;
}

async function dropLeftovers(client: ClientBase, report: UpkeepReport): Promise<void> {
  for (const name of await leftovers(client)) {
    const dropping = client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    if (await gaveUp(dropping)) report.putOff = `other transactions held up ${name}`;
    else report.dropped.push(name);
  }
}

/**
 * Building waits for every snapshot that is older, and for whoever uses the table: for one that has been open for
 * long there is no point.
 */
async function openTransaction(client: ClientBase, table: string): Promise<string | undefined> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT format('pid %s has a transaction open for %s s', pid, round(extract(epoch FROM now() - xact_start)))
       AS line
     FROM pg_stat_activity a
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
       AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL
         OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.relation = to_regclass($2)))
       AND xact_start < clock_timestamp() - $1 * interval '1 millisecond'
     ORDER BY xact_start LIMIT 1`,
    [PATIENCE_MS, table],
  );
  return rows[0]?.line;
}

/** @throws what is not a matter of others being in the way */
async function gaveUp(statement: Promise<unknown>): Promise<boolean> {
  try {
    await statement;
    return false;
  } catch (error) {
    if (GAVE_UP.has((error as { code?: string }).code ?? '')) return true;
    throw error;
  }
}
