import { Prisma } from '../../generated/client.js';
import type { EventFilter } from './event-filter.js';

/** The columns of an event `e` by which people look for it; those that mostly name few come first. */
export const SUBJECT_COLUMNS = {
  session: Prisma.sql`e.session_id`,
  dispatch: Prisma.sql`e.dispatch_id`,
  learner: Prisma.sql`e.learner_id`,
  package: Prisma.sql`e.package_id`,
} as const;

export type SubjectKind = keyof typeof SUBJECT_COLUMNS;

/** An id of a runtime that one of these columns has. */
export interface SubjectCondition {
  id: string;
  columns: readonly Prisma.Sql[];
}

/** What the events are about, by the filter. */
export function subjectsOf({ subjectId, ...filter }: EventFilter): SubjectCondition[] {
  const { session, dispatch, learner, package: ofPackage } = SUBJECT_COLUMNS;
  const conditions = [
    { id: filter.sessionId, columns: [session] },
    { id: filter.dispatchId, columns: [dispatch] },
    { id: filter.learnerId, columns: [learner] },
    { id: filter.packageId, columns: [ofPackage] },
    { id: subjectId, columns: Object.values(SUBJECT_COLUMNS) },
  ];
  return conditions.filter((condition) => condition.id !== undefined) as SubjectCondition[];
}

/** The condition, checked event by event. */
export function isAbout({ id, columns }: SubjectCondition): Prisma.Sql {
  const each = columns.map((column) => Prisma.sql`${column} = ${id}`);
  return Prisma.sql`(${Prisma.join(each, ' OR ')})`;
}

/**
 * Events by the column's own index; order them by the column too. Only that index has this order: the planner would
 * else walk through a tenant's events from one end, whenever it believes that many are about any one of the ids.
 */
export function byIndexOf(column: Prisma.Sql, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`${column} = ANY (${ids}::text[])`;
}
