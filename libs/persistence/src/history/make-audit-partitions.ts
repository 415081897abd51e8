import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { attachPartition, createPartition } from './attach-partition.js';
import { inMaintenance } from './maintenance-transaction.js';
import { AUDIT_LOG, defaultPartition, partitionName, readPeriods } from './partition.js';
import { missingPeriods, periodLengthMs, type Period } from './period.js';

/** A year, also a leap year. */
export const AUDIT_LOG_DAYS = 366;

/**
 * Makes the partitions of the audit log for the time to come. Nothing is ever moved out of its default partition, since
 * nobody may delete an entry: time of which that has entries already stays without a partition of its own.
 *
 * @returns the periods that were made, or `busy`
 */
export async function makeAuditPartitions(
  client: ClientBase,
  now: Date,
): Promise<Period[] | 'busy'> {
  return inMaintenance(client, async () => {
    const existing = await readPeriods(client, AUDIT_LOG);
    const length = periodLengthMs(AUDIT_LOG_DAYS);
    const missing = missingPeriods(existing, now, length, await nothingRecorded(client));
    const made: Period[] = [];
    for (const period of missing) if (await makePartition(client, period)) made.push(period);
    return made;
  });
}

async function nothingRecorded(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT FROM ${AUDIT_LOG} LIMIT 1`);
  return rowCount === 0;
}

/** @returns false when the default partition has entries of the period */
async function makePartition(client: ClientBase, period: Period): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM ${defaultPartition(AUDIT_LOG)} WHERE id >= $1 AND id < $2 LIMIT 1`,
    [boundAt(period.from), boundAt(period.to)],
  );
  if (rowCount !== 0) return false;
  await createPartition(client, AUDIT_LOG, period);
  await attachPartition(client, AUDIT_LOG, period);
  await client.query('SELECT seal_audit_log($1)', [partitionName(AUDIT_LOG, period)]);
  return true;
}
