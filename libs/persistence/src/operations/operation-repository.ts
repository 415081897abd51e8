import { uuidV7 } from '@schoolbell/ids';
import {
  type OperationKind,
  type OperationStatus,
  type ReplaySelection,
} from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { asTenant } from '../database/as-tenant.js';
import type { Database } from '../database/database.js';
import { readAsTenant } from '../database/read-as-tenant.js';
import { recordChange } from '../database/record-change.js';
import { Prisma } from '../generated/client.js';
import type { PageRequest } from '../database/page-request.js';
import { readList } from '../database/read-list.js';
import type { DeadLetterSelection } from '../resources/deliveries/delivery-filter.js';
import { deadLettersOf } from './dead-letter-batch.js';
import { ENDED_SELECTION } from './erasure/erasure-selection.js';
import { startErasure, type AskedErasure } from './erasure/start-erasure.js';
import { operationCancelled, operationStarted, type NewOperation } from './operation-changes.js';
import { OPERATION_COLUMNS, type OperationRow } from './operation-row.js';
import { replayTotal, type ReplayTotal } from './replay-total.js';

/** Below every UUIDv7. */
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/** Which operations of a tenant; both conditions hold together. */
export interface OperationFilter {
  status?: OperationStatus | undefined;
  kind?: OperationKind | undefined;
}

/** Starts operations, shows how far they are, and cancels them. Nothing here sees another tenant's. */
export class OperationRepository {
  constructor(private readonly db: Database) {}

  /** For the dead letters that there are now. One that has nothing to do is completed at once. */
  async startForDeadLetters(
    tenantId: string,
    kind: 'retry' | 'discard',
    selection: DeadLetterSelection,
    author: Author,
  ): Promise<OperationRow> {
    const { deliveryIds } = selection;
    const count = deliveryIds
      ? Prisma.sql`SELECT ${deliveryIds.length}::integer AS count`
      : Prisma.sql`
          SELECT count(*)::integer AS count FROM deliveries d
          WHERE ${deadLettersOf(tenantId, selection)}`;
    const extent = Prisma.sql`SELECT count AS total, count = 0 AS none FROM (${count}) found`;
    return this.start(tenantId, { kind, selection }, extent, author);
  }

  /** How many events a replay would be about. */
  async totalOfReplay(tenantId: string, selection: ReplaySelection): Promise<ReplayTotal> {
    return readAsTenant(this.db, tenantId, (rows) => replayTotal(rows, tenantId, selection));
  }

  /** For the events that there are now: those to come are sent anyway. */
  async startReplay(
    tenantId: string,
    selection: ReplaySelection,
    author: Author,
  ): Promise<OperationRow> {
    const { total, exact } = await this.totalOfReplay(tenantId, selection);
    const none = exact && total === 0;
    const extent = Prisma.sql`SELECT ${total}::integer AS total, ${none}::boolean AS none`;
    return this.start(tenantId, { kind: 'replay', selection }, extent, author);
  }

  /** Of what was accepted up to now. */
  async startErasure(tenantId: string, asked: AskedErasure, author: Author): Promise<OperationRow> {
    return startErasure(this.db, tenantId, asked, author);
  }

  /** Newest first. @throws ListTooSlowError */
  async list(
    tenantId: string,
    { status, kind }: OperationFilter,
    page: PageRequest,
  ): Promise<OperationRow[]> {
    const conditions = [
      Prisma.sql`tenant_id = ${tenantId}::uuid`,
      ...(status === undefined ? [] : [Prisma.sql`status = ${status}`]),
      ...(kind === undefined ? [] : [Prisma.sql`kind = ${kind}`]),
      ...(page.before ? [Prisma.sql`id < ${page.before}::uuid`] : []),
    ];
    const query = Prisma.sql`
      SELECT ${OPERATION_COLUMNS} FROM operations WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY id DESC LIMIT ${page.limit}`;
    return readList<OperationRow>(this.db, tenantId, query);
  }

  async find(tenantId: string, id: string): Promise<OperationRow | undefined> {
    const query = Prisma.sql`
      SELECT ${OPERATION_COLUMNS} FROM operations
      WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid`;
    const [row] = await readAsTenant(this.db, tenantId, (rows) => rows<OperationRow>(query));
    return row;
  }

  /**
   * Nothing more of it is done once this resolves; what was done stays. One that has ended stays as it is.
   */
  async cancel(tenantId: string, id: string, author: Author): Promise<OperationRow | undefined> {
    const cancelled = await asTenant(this.db, tenantId, async (tx) => {
      const [row] = await tx.$queryRaw<OperationRow[]>`
        UPDATE operations SET status = 'cancelled', finished_at = now(), selection = ${ENDED_SELECTION}
        WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid AND status = 'running'
        RETURNING ${OPERATION_COLUMNS}`;
      if (row) await recordChange(tx, author, operationCancelled(tenantId, row));
      return row;
    });
    return cancelled ?? this.find(tenantId, id);
  }

  /** @param extent a query for one row of `total` and `none`: whether there is nothing to do */
  private async start(
    tenantId: string,
    operation: NewOperation,
    extent: Prisma.Sql,
    author: Author,
  ): Promise<OperationRow> {
    return asTenant(this.db, tenantId, async (tx) => {
      const [row] = await tx.$queryRaw<[OperationRow]>`
        INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached, finished_at)
        SELECT ${uuidV7()}::uuid, ${tenantId}::uuid, ${operation.kind},
          CASE WHEN x.none THEN 'completed' ELSE 'running' END,
          ${JSON.stringify(operation.selection)}::jsonb, x.total, ${BEFORE_ALL_IDS}::uuid,
          CASE WHEN x.none THEN now() END
        FROM (${extent}) x
        RETURNING ${OPERATION_COLUMNS}`;
      await recordChange(tx, author, operationStarted(tenantId, row, operation));
      return row;
    });
  }
}
