import { inject } from 'vitest';
import { databaseAt } from './create-database.js';
import type { SchoolbellAddress } from './offer-schoolbell.js';
import { seedTenant } from './seed.js';
import type { JoinedSchoolbell } from './start-schoolbell.js';

type Running = Pick<JoinedSchoolbell, 'apiUrl' | 'platformKey' | 'encryptionKey' | 'database'>;

let running: Promise<Running> | undefined;

/**
 * A new tenant in the Schoolbell that the files of all workers share: for tests that neither stop its processes nor
 * look beyond their tenant.
 */
export async function joinSchoolbell(name?: string): Promise<JoinedSchoolbell> {
  const schoolbell = await (running ??= findRunning());
  const tenant = await seedTenant(schoolbell.database, name);
  return { ...schoolbell, ...tenant, stop: async () => undefined };
}

/** What the shared Schoolbell has logged of late, for all its tenants. */
export async function logsOfShared(): Promise<string> {
  const response = await fetch(`${inject('schoolbell')}/logs`);
  return response.text();
}

async function findRunning(): Promise<Running> {
  const response = await fetch(inject('schoolbell'));
  if (!response.ok)
    throw new Error(`The shared Schoolbell did not start: ${await response.text()}`);
  const { databaseUrl, encryptionKey, ...address } = (await response.json()) as SchoolbellAddress;
  return {
    ...address,
    encryptionKey: Buffer.from(encryptionKey, 'base64'),
    database: databaseAt(databaseUrl),
  };
}
