import type { EventType } from './event-type.js';
import { certificateAwarded } from './event-types/certificate-awarded.js';
import { competencyAwarded } from './event-types/competency-awarded.js';
import { deliveryDead } from './event-types/delivery-dead.js';
import { enrollmentCompleted } from './event-types/enrollment-completed.js';
import { enrollmentCreated } from './event-types/enrollment-created.js';
import { packageProcessingCompleted } from './event-types/package-processing-completed.js';
import { packageProcessingFailed } from './event-types/package-processing-failed.js';
import { packageUpdated } from './event-types/package-updated.js';
import { sessionCompleted } from './event-types/session-completed.js';
import { sessionLaunched } from './event-types/session-launched.js';
import { sessionProgress } from './event-types/session-progress.js';
import { sessionScored } from './event-types/session-scored.js';
import { usageThreshold } from './event-types/usage-threshold.js';
import { userCreated } from './event-types/user-created.js';
import { webhookPaused } from './event-types/webhook-paused.js';

/** The catalogue: every type there is, in the order in which the documentation shows them. */
export const EVENT_TYPES: readonly EventType[] = [
  sessionLaunched,
  sessionProgress,
  sessionScored,
  sessionCompleted,
  packageUpdated,
  packageProcessingCompleted,
  packageProcessingFailed,
  usageThreshold,
  userCreated,
  enrollmentCreated,
  enrollmentCompleted,
  certificateAwarded,
  competencyAwarded,
  webhookPaused,
  deliveryDead,
];

export const EVENT_TYPE_NAMES: readonly string[] = EVENT_TYPES.map((type) => type.name);

const byName = new Map(EVENT_TYPES.map((type) => [type.name, type]));

/** The type of that name, or `undefined` when the catalogue has none. */
export function eventTypeNamed(name: string): EventType | undefined {
  return byName.get(name);
}
