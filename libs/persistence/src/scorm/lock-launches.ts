import { uuidV7 } from '@schoolbell/ids';
import type { PoolClient } from 'pg';
import { attemptKeyOf, launchKeyOf, type LaunchSource } from './launch-source.js';
import { lockLaunchesStatement, type LockedRow, type Wanted } from './lock-launches-statement.js';

/** Each time somebody else has to be in the way, for every one of them in another attempt. */
const MAX_LOOKS = 10;

/**
 * Looks launches up, with their attempts locked until the transaction ends. A launch that is not found does not
 * exist: nobody else can create it in the meantime. The first thing in its transaction, which it may begin anew.
 *
 * @returns by {@link launchKeyOf}; none for an unknown tenant or token
 */
export async function lockLaunches(
  client: PoolClient,
  sources: readonly LaunchSource[],
): Promise<Map<string, LockedRow>> {
  const wanted = eachOnce(sources);
  const locked = new Set<string>();
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const { rows } = await client.query<LockedRow>(lockLaunchesStatement(wanted));
    const isSettled = (row: LockedRow): boolean => isSure(row, wanted[row.ord - 1]!, locked);
    if (rows.every(isSettled)) return byKey(wanted, rows);
    if (rows.some((row) => isMissing(row, wanted[row.ord - 1]!))) {
      await letGo(client);
      locked.clear();
    } else for (const { attempt_id: id } of rows) if (id !== null) locked.add(id);
  }
  throw new Error(
    'The attempts of these commits were removed while they were looked up: try again.',
  );
}

function eachOnce(sources: readonly LaunchSource[]): Wanted[] {
  const byKey = new Map(sources.map((source) => [launchKeyOf(source), source]));
  const newIds = new Map<string, string>();
  return [...byKey.values()].map((source) => {
    if (source.kind === 'token') return { source, newAttemptId: undefined };
    const key = attemptKeyOf(source);
    const newAttemptId = newIds.get(key) ?? uuidV7();
    newIds.set(key, newAttemptId);
    return { source, newAttemptId };
  });
}

/** Somebody else made its attempt meanwhile, and committed. */
function isMissing(row: LockedRow, { source }: Wanted): boolean {
  return source.kind === 'server' && row.attempt_id === null;
}

/** Whoever keeps some attempts and then asks for one more, out of order, may wait for somebody who waits for them. */
async function letGo(client: PoolClient): Promise<void> {
  await client.query('ROLLBACK');
  await client.query('BEGIN');
}

/**
 * Whether the row is true for as long as the lock is held. A launch that was not found may have been made while the
 * statement waited for the lock, unless that was had before it began.
 */
function isSure(row: LockedRow, { source }: Wanted, locked: ReadonlySet<string>): boolean {
  if (source.kind === 'token') return true;
  if (row.attempt_id === null) return false;
  return row.launch_id !== null || row.is_made || locked.has(row.attempt_id);
}

function byKey(wanted: readonly Wanted[], rows: readonly LockedRow[]): Map<string, LockedRow> {
  // The launch of a token whose attempt was let go of a moment ago has gone with it.
  const there = rows.filter(({ attempt_id: id }) => id !== null);
  return new Map(there.map((row) => [launchKeyOf(wanted[row.ord - 1]!.source), row]));
}
