import type { EventRecord } from '@schoolbell/delivery';
import { Prisma } from '../../generated/client.js';
import type { EventSubjects } from './subjects-of-events.js';

/** The columns of an `EventRecord`. */
export const EVENT_COLUMNS = Prisma.sql`
  id, tenant_id AS "tenantId", type, occurred_at AS "occurredAt", accepted_at AS "acceptedAt", payload,
  erased_at AS "erasedAt"`;

/** An event with the ids that it was found by: what it is about, also for who may not see what it holds. */
export type EventWithSubjects = EventRecord & Omit<EventSubjects, 'occurredAt'>;

/** The columns of an `EventWithSubjects`. */
export const EVENT_COLUMNS_WITH_SUBJECTS = Prisma.sql`
  ${EVENT_COLUMNS}, session_id AS "sessionId", package_id AS "packageId", dispatch_id AS "dispatchId",
  learner_id AS "learnerId"`;
