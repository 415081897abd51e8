import type { KnownData } from '../../../contract/known-data.js';
import { uuidV5 } from './uuid-v5.js';

/** RFC 4122, as an LRS checks it. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** One UUID for all events of a learner's attempt at a package: the runtime's own, or one that is made of them. */
export function registrationOf(data: KnownData, tenantUuid: string): string {
  const { registrationId, packageId, learnerId, attempt = 1 } = data;
  if (registrationId !== undefined && UUID.test(registrationId)) return registrationId;
  return uuidV5(tenantUuid, JSON.stringify(['registration', packageId, learnerId, attempt]));
}
