import { seedTenant } from './seed.js';
import { startSchoolbell, type Schoolbell } from './start-schoolbell.js';

let running: Promise<Schoolbell> | undefined;

/**
 * A new tenant in the Schoolbell that all files of a worker share: for tests that neither stop its processes nor look
 * beyond their tenant. Schoolbell ends with the worker, not with `stop`: its processes stop when their parent is gone,
 * and its database goes with the run's Postgres.
 */
export async function joinSchoolbell(name?: string): Promise<Schoolbell> {
  running ??= startSchoolbell({ env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
  const schoolbell = await running;
  const tenant = await seedTenant(schoolbell.database, name);
  return { ...schoolbell, ...tenant, stop: async () => undefined };
}
