import type { KnownData } from '../contract/known-data.js';
import { uuidV5 } from './uuid-v5.js';

/** RFC 4122, as an LRS checks it. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const FIRST_ATTEMPT = 1;

/** The data that decides which registration a session belongs to. */
type RegistrationData = Pick<KnownData, 'registrationId' | 'packageId' | 'learnerId' | 'attempt'>;

/**
 * The UUID that an LRS groups the statements of one attempt by: xAPI's `context.registration`, SCORM Cloud's
 * `xapiRegistrationId`. It is the runtime's own `registrationId` when that is a UUID, else made of package,
 * learner and attempt, so that all events of an attempt have the same one.
 *
 * @param tenantUuid the namespace: equal ids of two tenants are two registrations
 */
export function xapiRegistration(tenantUuid: string, data: RegistrationData): string {
  const { registrationId, packageId, learnerId, attempt = FIRST_ATTEMPT } = data;
  if (registrationId !== undefined && UUID.test(registrationId)) return registrationId;
  return uuidV5(tenantUuid, JSON.stringify(['registration', packageId, learnerId, attempt]));
}
