import type { AttemptRecord } from '@schoolbell/delivery';
import { sql } from '../steps/statement.js';
import type { ServiceEpoch } from './service-epoch.js';

/** Those of the attempts `$1` that are in the history. */
export const RECORDED_BEFORE = sql`SELECT id FROM attempts WHERE id = ANY ($1::uuid[])`;

/**
 * Tells why attempts were not written: what is in the history under its own id was written by an earlier try whose
 * answer was lost, for example because its commit waited for a standby. The leases of the others are lost.
 *
 * It needs a snapshot of its own: the statement that wrote nothing may have waited for the earlier try to commit, and
 * does not see what that inserted.
 *
 * @param unwritten attempts whose lease was not found
 * @returns the deliveries whose lease is lost
 */
export async function lostLeases(
  epoch: ServiceEpoch,
  unwritten: readonly AttemptRecord[],
): Promise<string[]> {
  if (unwritten.length === 0) return [];
  const values = [unwritten.map(({ attemptId }) => attemptId)];
  const rows = await epoch.run<{ id: string }>({
    name: 'recorded_before',
    text: RECORDED_BEFORE,
    values,
  });
  const before = new Set(rows.map(({ id }) => id));
  const lost = unwritten.filter(({ attemptId }) => !before.has(attemptId));
  return lost.map(({ claimed }) => claimed.id);
}
