import type { PoolClient, QueryResultRow } from 'pg';
import type { Database } from '../database/database.js';
import { LOWEST_UUID } from '../database/id-range.js';
import { sqlStateOf } from '../database/sql-state.js';
import { AUDIT_LOG, readPeriods } from '../history/partition.js';
import { OLDEST_DUE, WAITING } from './backlog-statements.js';
import { DEFAULT_ROWS, OLDEST_TRANSACTION, OLDEST_XMIN, STANDBYS } from './server-statements.js';

/** As many as a sweep looks at, which takes about 20 ms. */
const MOST_WEBHOOKS = 5_000;
/** Counting these takes some 30 ms; who has more needs no exact number. */
export const MOST_COUNTED = 100_000;

/** What one look at Postgres has shown; undefined what could not be found out in time. */
export interface DatabaseMeasures {
  oldestDue: OldestDue | undefined;
  waiting: { state: string; deliveries: number }[] | undefined;
  /** How many partitions begin after now. */
  partitionsAhead: { table: string; partitions: number }[] | undefined;
  defaultRows: { table: string; rows: number }[] | undefined;
  oldestXmin: { held_by: string; transactions: number }[] | undefined;
  /** Null while no transaction is open. */
  oldestTransactionSeconds: number | null | undefined;
  standbys:
    | { standby: string; sync: string; standbys: number; seconds: number; bytes: number }[]
    | undefined;
}

/** Each null while nothing waits. */
interface OldestDue {
  seconds: number | null;
  /** Of webhooks that nobody serves just now, although nothing keeps a dispatcher from it. */
  unserved_seconds: number | null;
}

/** Looks at what only Postgres knows: how much waits, and how the server is. */
export class DatabaseMeter {
  /** @param mostCounted rows of one table */
  constructor(
    private readonly db: Pick<Database, 'measuringPool'>,
    private readonly mostCounted = MOST_COUNTED,
  ) {}

  /**
   * A few bounded statements, one after the other on one connection. One that fails leaves out what it would have
   * shown.
   *
   * @throws when Postgres is away
   */
  async measure(): Promise<DatabaseMeasures> {
    const client = await this.db.measuringPool.connect();
    try {
      const measures = await measureOn(client, this.mostCounted);
      client.release();
      return measures;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

interface SecondsRow {
  seconds: number | null;
}

async function measureOn(client: PoolClient, most: number): Promise<DatabaseMeasures> {
  const read = <Row extends QueryResultRow>(text: string, values: unknown[] = []) =>
    ifPossible(async () => (await client.query<Row>(text, values)).rows);
  const [oldestTransaction] = (await read<SecondsRow>(OLDEST_TRANSACTION)) ?? [];
  return {
    oldestDue: await ifPossible(() => oldestDue(client)),
    waiting: await read(WAITING, [most]),
    partitionsAhead: await ifPossible(() => partitionsAhead(client)),
    defaultRows: await read(DEFAULT_ROWS, [most]),
    oldestXmin: await read(OLDEST_XMIN),
    oldestTransactionSeconds: oldestTransaction?.seconds,
    standbys: await read(STANDBYS),
  };
}

/** By index, whatever the statistics say of a table that was empty a second ago. */
async function oldestDue(client: PoolClient): Promise<OldestDue> {
  await client.query(
    'BEGIN READ ONLY; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off',
  );
  try {
    const values = [LOWEST_UUID, MOST_WEBHOOKS];
    const { rows } = await client.query<OldestDue>(OLDEST_DUE, values);
    return rows[0]!;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function partitionsAhead(client: PoolClient) {
  const now = new Date();
  const counts: { table: string; partitions: number }[] = [];
  for (const table of ['events', AUDIT_LOG] as const) {
    const ahead = (await readPeriods(client, table)).filter(({ from }) => from > now);
    counts.push({ table, partitions: ahead.length });
  }
  return counts;
}

/** @returns undefined when Postgres refused this one statement, such as one that took too long */
async function ifPossible<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (sqlStateOf(error) === undefined) throw error;
    return undefined;
  }
}
