import type { ScormSession } from '@schoolbell/delivery';
import { validationFailed } from '../http/api-error.js';

/** The description of the session in launches and server commits, once it fits `SESSION_FIELDS`. */
export interface PostedSession extends ScormSession {
  tenantId?: string;
}

const NAMES = [
  ...(['sessionId', 'packageId', 'learnerId', 'registrationId', 'attempt'] as const),
  ...(['dispatchId', 'scoId', 'scos', 'learner', 'course'] as const),
];

/** @throws ApiError `validation_failed` when `scoId` is not one of `scos` */
export function sessionOf(posted: PostedSession): ScormSession {
  const { scoId, scos } = posted;
  if (scoId !== undefined && scos && !scos.includes(scoId)) {
    throw validationFailed([{ path: 'scoId', message: 'must be one of scos' }]);
  }
  const given = NAMES.filter((name) => posted[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, posted[name]])) as unknown as ScormSession;
}
