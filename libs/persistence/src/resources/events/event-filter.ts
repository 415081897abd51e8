import type { TimeRange } from '@schoolbell/delivery';
import { inTimeRange } from '../../database/id-range.js';
import { Prisma } from '../../generated/client.js';

/**
 * Which events of a tenant; all conditions hold together. `from` and `to` are of `acceptedAt`: what was missed is known
 * by when it came.
 */
export interface EventFilter extends TimeRange {
  type?: string | undefined;
  eventId?: string | undefined;
  sessionId?: string | undefined;
  packageId?: string | undefined;
  dispatchId?: string | undefined;
  learnerId?: string | undefined;
  /** A session, package, dispatch or learner id, in full. */
  subjectId?: string | undefined;
  /** Only those without any delivery. */
  unwanted?: boolean | undefined;
}

const ID = Prisma.sql`e.id`;
const ACCEPTED_AT = Prisma.sql`e.accepted_at`;

/** An event has a delivery, or will have: it is to be fanned out yet. One by one, whatever the planner thinks. */
const UNWANTED = Prisma.sql`
  (SELECT true FROM deliveries d WHERE d.event_id = e.id LIMIT 1) IS NULL
  AND (SELECT true FROM fan_outs f WHERE f.event_id = e.id LIMIT 1) IS NULL`;

/** Those conditions on an event `e` by which an index has events together, in the order of their ids. */
export function scopeOfEvents(tenantId: string, filter: EventFilter): Prisma.Sql[] {
  const { type, eventId } = filter;
  return [
    Prisma.sql`e.tenant_id = ${tenantId}::uuid AND NOT e.test`,
    ...(type === undefined ? [] : [Prisma.sql`e.type = ${type}`]),
    ...(eventId === undefined ? [] : [Prisma.sql`e.id = ${eventId}::uuid`]),
    ...inTimeRange(ID, ACCEPTED_AT, filter),
  ];
}

/** The conditions that are checked event by event. */
export function detailsOfEvents({ unwanted }: EventFilter): Prisma.Sql[] {
  return unwanted ? [UNWANTED] : [];
}
