import { startSchoolbell, type Schoolbell } from '../../support/index.js';

let shared: Promise<Schoolbell> | undefined;

/**
 * One Schoolbell for all files of a worker that bring tenants of their own. It ends with the worker: its processes stop
 * when their parent is gone, and its database goes with the run's Postgres.
 */
export function sharedSchoolbell(): Promise<Schoolbell> {
  shared ??= startSchoolbell({ env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
  return shared;
}
