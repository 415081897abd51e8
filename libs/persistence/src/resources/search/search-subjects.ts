import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { byIndexOf, SUBJECT_COLUMNS, type SubjectKind } from '../events/subjects.js';

/** Events are counted up to this. */
const MOST_COUNTED = 100;
/** For the last event of what has more: some 10 ms of Postgres. */
const MOST_LOOKED_AT = 5_000;

/** Something of the runtime's that events are about. */
export interface FoundSubject {
  kind: SubjectKind;
  id: string;
  /** At most {@link MOST_COUNTED}. */
  events: number;
  moreEvents: boolean;
  /** Null where it is not among the newest events of a tenant with very many. */
  lastEventAt: Date | null;
  lastEventType: string | null;
}

type Counted = Omit<FoundSubject, 'moreEvents'>;

/** Which ids are still to be looked for, of a kind. */
type Left = [kind: SubjectKind, ids: readonly string[]];

/** What of these ids is a session, a package, a dispatch or a learner of the tenant: it may be several. */
export async function searchSubjects(
  rows: ReadRows,
  tenantId: string,
  ids: readonly string[],
): Promise<FoundSubject[]> {
  const kinds = Object.keys(SUBJECT_COLUMNS) as SubjectKind[];
  let left: Left[] = ids.length === 0 ? [] : kinds.map((kind) => [kind, ids]);
  const found: FoundSubject[] = [];
  while (left.length > 0) {
    const counts = left.map((one) => countOf(tenantId, one));
    const counted = await rows<Counted>(Prisma.join(counts, ' UNION ALL '));
    const byKind = Map.groupBy(counted, ({ kind }) => kind);
    const next: Left[] = [];
    for (const [kind, wanted] of left) {
      const ofKind = byKind.get(kind) ?? [];
      const { whole, many } = apart(ofKind);
      found.push(...whole.map((one) => ({ ...one, moreEvents: false })));
      if (many) found.push(await withLast(rows, tenantId, many));
      // Behind one that has very many, nothing was looked at.
      const unseen = isFull(ofKind) ? without(wanted, many ? [many] : whole) : [];
      if (unseen.length > 0) next.push([kind, unseen]);
    }
    left = next;
  }
  return found;
}

/** Those that were counted to their end, and the one that has more than is counted. */
function apart(counted: readonly Counted[]): { whole: readonly Counted[]; many?: Counted } {
  if (!isFull(counted)) return { whole: counted };
  const [first] = counted;
  return counted.length === 1 ? { whole: [], many: first! } : { whole: counted.slice(0, -1) };
}

function isFull(counted: readonly Counted[]): boolean {
  return counted.reduce((sum, { events }) => sum + events, 0) > MOST_COUNTED;
}

function without(ids: readonly string[], counted: readonly Counted[]): string[] {
  const seen = new Set(counted.map(({ id }) => id));
  return ids.filter((id) => !seen.has(id));
}

/** In the order of the ids, of which the last may not be counted to its end. */
function countOf(tenantId: string, [kind, ids]: Left): Prisma.Sql {
  const column = SUBJECT_COLUMNS[kind];
  return Prisma.sql`(
    SELECT ${kind}::text AS kind, e.subject AS id, count(*) AS events, max(e.accepted_at) AS "lastEventAt",
      (array_agg(e.type ORDER BY e.id DESC))[1] AS "lastEventType"
    FROM (
      SELECT ${column} AS subject, e.id, e.type, e.accepted_at FROM events e
      WHERE ${byIndexOf(column, ids)} AND e.tenant_id = ${tenantId}::uuid AND NOT e.test
      ORDER BY ${column} LIMIT ${MOST_COUNTED + 1}
    ) e
    GROUP BY e.subject ORDER BY e.subject)`;
}

/** Of one with very many, the count is of any of them. */
async function withLast(
  rows: ReadRows,
  tenantId: string,
  { kind, id }: Counted,
): Promise<FoundSubject> {
  const [last] = await rows<{ at: Date; type: string }>(Prisma.sql`
    SELECT e.accepted_at AS at, e.type
    FROM (
      SELECT * FROM events e WHERE e.tenant_id = ${tenantId}::uuid ORDER BY e.id DESC LIMIT ${MOST_LOOKED_AT}
    ) e
    WHERE ${SUBJECT_COLUMNS[kind]} = ${id} AND NOT e.test
    ORDER BY e.id DESC LIMIT 1`);
  const [lastEventAt, lastEventType] = [last?.at ?? null, last?.type ?? null];
  return { kind, id, events: MOST_COUNTED, moreEvents: true, lastEventAt, lastEventType };
}
