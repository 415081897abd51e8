import type { TimeRange } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { inTimeRange } from '../../database/id-range.js';
import type { PageRequest } from '../../database/page-request.js';
import { readList } from '../../database/read-list.js';
import { storableText } from '../../database/separated-text.js';
import { Prisma } from '../../generated/client.js';
import type { EventRejection, EventRejectionDraft, KeyOwner } from './event-rejection.js';

/** Which rejections; `from` and `to` are of `at`. */
export interface EventRejectionFilter extends TimeRange {
  /** A session, package, dispatch or learner id of the body, in full. */
  subjectId?: string | undefined;
}

/** A tenant that does not exist owns nothing. One that was stored already is not stored again. */
const KEEP = `
WITH drafts AS MATERIALIZED (
  SELECT r.*, t.id AS tenant_id
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "tenantId" uuid, at timestamptz, operation text, status integer,
    code text, detail text, errors jsonb, "keyPrefix" text, "keyName" text, "requestId" text, events integer,
    type text, "sessionId" text, "packageId" text, "dispatchId" text, "learnerId" text, ids text[],
    "leftOut" integer)
  LEFT JOIN tenants t ON t.id = r."tenantId"
),
kept AS (
  INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, key_prefix, key_name,
    request_id, events, type, session_id, package_id, dispatch_id, learner_id, left_out)
  SELECT id, tenant_id, at, operation, status, code, detail, errors, "keyPrefix", "keyName",
    "requestId", events, type, "sessionId", "packageId", "dispatchId", "learnerId", "leftOut"
  FROM drafts
  ON CONFLICT (id) DO NOTHING
  RETURNING id
)
INSERT INTO event_rejection_subjects (rejection_id, subject_id, tenant_id)
SELECT DISTINCT d.id, subject_id, d.tenant_id
FROM drafts d CROSS JOIN unnest(d.ids) subject_id
WHERE d.id IN (SELECT id FROM kept)`;

const COUNT_LEFT_OUT = `
UPDATE event_rejections e SET left_out = r."leftOut"
FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "leftOut" integer)
WHERE e.id = r.id`;

/**
 * Keeps posts that were refused, and lists them. It writes on connections that nothing else of an API uses, so that
 * accepting events never waits for it.
 */
export class EventRejectionRepository {
  constructor(private readonly db: Pick<Database, 'maintenancePool' | 'listPool'>) {}

  /** Repeating it changes nothing. */
  async keep(rejections: readonly EventRejectionDraft[]): Promise<void> {
    await this.db.maintenancePool.query(KEEP, [storableJson(rejections)]);
  }

  /** Notes of rejections that are kept already how many of their minute were left out by now. */
  async countLeftOut(
    rejections: readonly Pick<EventRejectionDraft, 'id' | 'leftOut'>[],
  ): Promise<void> {
    const counts = rejections.map(({ id, leftOut }) => ({ id, leftOut }));
    await this.db.maintenancePool.query(COUNT_LEFT_OUT, [JSON.stringify(counts)]);
  }

  /** Whose keys these are, also revoked and expired ones. */
  async ownersOf(prefixes: readonly string[]): Promise<KeyOwner[]> {
    const { rows } = await this.db.maintenancePool.query<KeyOwner>(
      'SELECT prefix, name, tenant_id AS "tenantId" FROM api_keys WHERE prefix = ANY ($1)',
      [prefixes],
    );
    return rows;
  }

  /**
   * Newest first.
   *
   * @param tenantId undefined: of all tenants, and of none, for the platform
   * @throws ListTooSlowError
   */
  async list(
    tenantId: string | undefined,
    filter: EventRejectionFilter,
    page: PageRequest,
  ): Promise<EventRejection[]> {
    const conditions = [
      ...(tenantId === undefined ? [] : [Prisma.sql`r.tenant_id = ${tenantId}::uuid`]),
      ...inTimeRange(Prisma.sql`r.id`, Prisma.sql`r.at`, filter),
      ...(page.before ? [Prisma.sql`r.id < ${page.before}::uuid`] : []),
    ];
    const query = Prisma.sql`
      SELECT r.id, r.tenant_id AS "tenantId", r.at, r.operation, r.status, r.code, r.detail, r.errors,
        r.key_prefix AS "keyPrefix", r.key_name AS "keyName", r.request_id AS "requestId", r.events, r.type,
        r.session_id AS "sessionId", r.package_id AS "packageId", r.dispatch_id AS "dispatchId",
        r.learner_id AS "learnerId", r.left_out AS "leftOut"
      FROM ${sourceOf(tenantId, filter)} WHERE ${Prisma.join([TRUE, ...conditions], ' AND ')}
      ORDER BY r.id DESC LIMIT ${page.limit}`;
    return readList<EventRejection>(this.db, tenantId, query);
  }
}

const TRUE = Prisma.sql`true`;

/** Rejections `r`; those about a subject are found by the index of subjects, which has them in their order. */
function sourceOf(tenantId: string | undefined, { subjectId }: EventRejectionFilter): Prisma.Sql {
  if (subjectId === undefined) return Prisma.sql`event_rejections r`;
  const ofTenant =
    tenantId === undefined ? Prisma.empty : Prisma.sql`AND s.tenant_id = ${tenantId}::uuid`;
  return Prisma.sql`
    event_rejection_subjects s
    JOIN event_rejections r ON r.id = s.rejection_id AND s.subject_id = ${subjectId} ${ofTenant}`;
}

/** What strangers send may hold what Postgres cannot store. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? storableText(inner) : inner,
  );
}
