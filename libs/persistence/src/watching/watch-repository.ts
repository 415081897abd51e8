import { firstUuidV7At } from '@schoolbell/ids';
import type { Pool } from 'pg';
import { beginAsTenant } from '../database/as-tenant.js';
import type { Database } from '../database/database.js';
import { readInTransaction, type ReadRows } from '../database/read-transaction.js';
import { Prisma } from '../generated/client.js';
import { OPERATION_COLUMNS, type OperationRow } from '../operations/operation-row.js';
import {
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from '../resources/deliveries/delivery-fields.js';
import { type DeliveryExpansion, expanded } from '../resources/deliveries/expanded-deliveries.js';
import {
  type AlikeDeliveries,
  alikeDeliveries,
  type DeliveryFacts,
  unpackFacts,
} from './delivery-facts.js';
import { isUnseen, SEEN, type Seen } from './seen.js';
import { touchedDeliveries } from './touched-deliveries.js';
import { watchedWebhooks, type WatchedWebhook } from './watched-webhook.js';

/** As many changes are read at once at most. */
export const MOST_CHANGES = 20_000;

export interface AttemptedRequest {
  /** Attempts that ended from this moment on. */
  since: Date;
  /** Of them, those that were not seen; undefined: all. */
  seen: Seen | undefined;
  /** Of deliveries that were made before: others are found as they are themselves. */
  before: Date;
}

/** Deliveries with a new attempt. */
export interface Attempted {
  /** Of a tenant. */
  idsOf(tenantId: string): string[];
  /** More than are read at once: none is told. */
  tooMuch: boolean;
  seen: Seen;
}

/** Both null: there are too many. */
interface AttemptedRow {
  tenantId: string | null;
  deliveryId: string | null;
}

/** Operations that are not among the newest do not run any more. */
const NEWEST_OPERATIONS = 50;

/** Reads what changed for those who watch, on one connection that nothing else uses. */
export class WatchRepository {
  private readonly pool: Pool;

  constructor({ watchPool }: Pick<Database, 'watchPool'>) {
    this.pool = watchPool;
  }

  /**
   * Which deliveries of some tenants have a new attempt, by the ids of attempts: those of all tenants are looked at
   * once, as the owner of the tables. Nothing of them is shown to anybody: {@link ofTenant} reads it.
   */
  async attempted(tenantIds: readonly string[], request: AttemptedRequest): Promise<Attempted> {
    const begin = 'BEGIN READ ONLY; SET LOCAL enable_seqscan = off';
    return readInTransaction(this.pool, begin, async (rows) => {
      // Before all else is read, so that nothing is seen that was not read.
      const [now] = await rows<{ seen: Seen }>(Prisma.sql`SELECT ${SEEN} AS seen`);
      const found = await rows<AttemptedRow>(attemptedSince(tenantIds, request));
      const tooMuch = found.some(({ deliveryId }) => deliveryId === null);
      const byTenant = Map.groupBy(tooMuch ? [] : found, ({ tenantId }) => tenantId!);
      const idsOf = (id: string) => (byTenant.get(id) ?? []).map((row) => row.deliveryId!);
      return { idsOf, tooMuch, seen: now!.seen };
    });
  }

  /** Reads of one tenant, all as of one moment, what row-level security shows of it. */
  async ofTenant<Result>(
    tenantId: string,
    read: (look: TenantLook) => Promise<Result>,
  ): Promise<Result> {
    const begin = beginAsTenant(tenantId, 'ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return readInTransaction(this.pool, begin, (rows) => read(new TenantLook(rows, tenantId)));
  }
}

/** One look at a tenant. */
export class TenantLook {
  constructor(
    private readonly rows: ReadRows,
    private readonly tenantId: string,
  ) {}

  /** Of the look, by the clock of the database. */
  async time(): Promise<Date> {
    const [row] = await this.rows<{ now: Date }>(Prisma.sql`SELECT now() AS now`);
    return row!.now;
  }

  /** Of the deliveries that were made since, and of them those that were not seen; at most {@link MOST_CHANGES}. */
  async created(since: Date, seen: Seen | undefined): Promise<DeliveryFacts[]> {
    return this.factsWhere(Prisma.sql`
      d.id >= ${firstUuidV7At(since.getTime())}::uuid AND ${isUnseen('d', seen)}
      ORDER BY d.id LIMIT ${MOST_CHANGES}`);
  }

  /** See {@link touchedDeliveries}. */
  async touched(since: Date): Promise<string[]> {
    return this.ids(touchedDeliveries(this.tenantId, since));
  }

  /** Of those of the deliveries that changed since. */
  async facts(ids: readonly string[], since: Date): Promise<DeliveryFacts[]> {
    if (ids.length === 0) return [];
    return this.factsWhere(Prisma.sql`d.id = ANY (${ids}::uuid[]) AND d.updated_at >= ${since}`);
  }

  /** Which of some events are about a session, package or learner. */
  async about(subjectId: string, eventIds: readonly string[]): Promise<Set<string>> {
    const found = await this.ids(Prisma.sql`
      SELECT id FROM events e
      WHERE e.id = ANY (${[...new Set(eventIds)]}::uuid[]) AND e.tenant_id = ${this.tenantId}::uuid
        AND (e.session_id = ${subjectId} OR e.package_id = ${subjectId} OR e.learner_id = ${subjectId})`);
    return new Set(found);
  }

  /** As lists show them. */
  async deliveries(
    ids: readonly string[],
    expansion: DeliveryExpansion,
  ): Promise<Map<string, DeliveryRow>> {
    if (ids.length === 0) return new Map();
    const found = await this.rows<DeliveryColumns>(Prisma.sql`
      SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.id = ANY (${ids}::uuid[]) AND d.tenant_id = ${this.tenantId}::uuid`);
    const shown = await expanded(this.rows, this.tenantId, found.map(toDeliveryRow), expansion);
    return new Map(shown.map((row) => [row.id, row]));
  }

  async webhooks(): Promise<WatchedWebhook[]> {
    return watchedWebhooks(this.rows, this.tenantId);
  }

  /** Those that began, went on or ended since, oldest first. */
  async operations(since: Date): Promise<OperationRow[]> {
    return this.rows<OperationRow>(Prisma.sql`
      SELECT ${OPERATION_COLUMNS} FROM (
        SELECT * FROM operations WHERE tenant_id = ${this.tenantId}::uuid
        ORDER BY id DESC LIMIT ${NEWEST_OPERATIONS}) o
      WHERE greatest(o.created_at, o.worked_at, o.finished_at) >= ${since} ORDER BY id`);
  }

  /** The tenant is named twice: row-level security alone would ask again for each row. */
  private async factsWhere(which: Prisma.Sql): Promise<DeliveryFacts[]> {
    const alike = await this.rows<AlikeDeliveries>(
      alikeDeliveries(Prisma.sql`
        FROM deliveries d
        JOIN webhooks w ON w.id = d.webhook_id AND w.tenant_id = ${this.tenantId}::uuid
        WHERE d.tenant_id = ${this.tenantId}::uuid AND ${which}`),
    );
    return unpackFacts(alike);
  }

  private async ids(query: Prisma.Sql): Promise<string[]> {
    return (await this.rows<{ id: string }>(query)).map(({ id }) => id);
  }
}

function attemptedSince(
  tenantIds: readonly string[],
  { since, seen, before }: AttemptedRequest,
): Prisma.Sql {
  return Prisma.sql`
    WITH looked_at AS MATERIALIZED (
      SELECT a.tenant_id, a.delivery_id FROM attempts a
      WHERE a.id >= ${firstUuidV7At(since.getTime())}::uuid AND ${isUnseen('a', seen)}
      ORDER BY a.id LIMIT ${MOST_CHANGES}
    )
    SELECT a.tenant_id AS "tenantId", coalesce(m.delivery_id, a.delivery_id) AS "deliveryId"
    FROM looked_at a LEFT JOIN batch_members m ON m.batch_id = a.delivery_id
    WHERE a.tenant_id = ANY (${tenantIds}::uuid[])
      AND coalesce(m.delivery_id, a.delivery_id) < ${firstUuidV7At(before.getTime())}::uuid
    UNION ALL
    SELECT NULL, NULL WHERE (SELECT count(*) FROM looked_at) = ${MOST_CHANGES}`;
}
