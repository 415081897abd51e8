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
INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, key_prefix, key_name,
  request_id, events, type, session_id, package_id, dispatch_id, learner_id, ids, left_out)
SELECT r.id, t.id, r.at, r.operation, r.status, r.code, r.detail, r.errors, r."keyPrefix", r."keyName",
  r."requestId", r.events, r.type, r."sessionId", r."packageId", r."dispatchId", r."learnerId", r.ids, r."leftOut"
FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "tenantId" uuid, at timestamptz, operation text, status integer,
  code text, detail text, errors jsonb, "keyPrefix" text, "keyName" text, "requestId" text, events integer,
  type text, "sessionId" text, "packageId" text, "dispatchId" text, "learnerId" text, ids text[],
  "leftOut" integer)
LEFT JOIN tenants t ON t.id = r."tenantId"
ON CONFLICT (id) DO NOTHING`;

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
    const { subjectId } = filter;
    const conditions = [
      Prisma.sql`true`,
      ...(tenantId === undefined ? [] : [Prisma.sql`tenant_id = ${tenantId}::uuid`]),
      ...(subjectId === undefined ? [] : [Prisma.sql`ids @> ARRAY[${subjectId}]`]),
      ...inTimeRange(Prisma.sql`id`, Prisma.sql`at`, filter),
      ...(page.before ? [Prisma.sql`id < ${page.before}::uuid`] : []),
    ];
    const query = Prisma.sql`
      SELECT id, tenant_id AS "tenantId", at, operation, status, code, detail, errors, key_prefix AS "keyPrefix",
        key_name AS "keyName", request_id AS "requestId", events, type, session_id AS "sessionId",
        package_id AS "packageId", dispatch_id AS "dispatchId", learner_id AS "learnerId", left_out AS "leftOut"
      FROM event_rejections WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY id DESC LIMIT ${page.limit}`;
    return readList<EventRejection>(this.db, tenantId, query);
  }
}

/** What strangers send may hold what Postgres cannot store. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? storableText(inner) : inner,
  );
}
