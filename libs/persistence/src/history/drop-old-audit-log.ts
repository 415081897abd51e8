import type { ClientBase } from 'pg';
import { inMaintenance } from './maintenance-transaction.js';
import { AUDIT_LOG, defaultPartition, partitionName, readPeriods } from './partition.js';
import { expiredPeriods } from './period.js';

/**
 * Drops what of the audit log is older: partitions as a whole, also the default one, in whose place an empty one comes.
 *
 * @returns how many partitions, or `busy`
 */
export async function dropOldAuditLog(
  client: ClientBase,
  auditedSince: Date,
): Promise<number | 'busy'> {
  return inMaintenance(client, async () => {
    const expired = expiredPeriods(await readPeriods(client, AUDIT_LOG), auditedSince);
    for (const period of expired) {
      await client.query(`DROP TABLE ${partitionName(AUDIT_LOG, period)}`);
    }
    if (!(await isDefaultOld(client, auditedSince))) return expired.length;
    await replaceDefault(client);
    return expired.length + 1;
  });
}

/** By the time that the database wrote: an id may be of another clock. */
async function isDefaultOld(client: ClientBase, auditedSince: Date): Promise<boolean> {
  const { rows } = await client.query<{ isOld: boolean | null }>(
    `SELECT max(at) < $1 AS "isOld" FROM ${defaultPartition(AUDIT_LOG)}`,
    [auditedSince],
  );
  return rows[0]!.isOld === true;
}

async function replaceDefault(client: ClientBase): Promise<void> {
  const rest = defaultPartition(AUDIT_LOG);
  await client.query(`DROP TABLE ${rest}`);
  await client.query(`CREATE TABLE ${rest} PARTITION OF ${AUDIT_LOG} DEFAULT`);
  await client.query('SELECT seal_audit_log($1)', [rest]);
}
