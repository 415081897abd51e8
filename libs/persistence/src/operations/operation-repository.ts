import { uuidV7 } from '@schoolbell/delivery';
import type { DeadLetterSelection, OperationKind, ReplaySelection } from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { Prisma } from '../generated/client.js';
import { deadLettersOf } from './dead-letter-batch.js';
import { OPERATION_COLUMNS, type OperationRow } from './operation-row.js';
import { replayTotal } from './replay-total.js';

/** Below every UUIDv7. */
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/** Starts operations, shows how far they are, and cancels them. Nothing here sees another tenant's. */
export class OperationRepository {
  constructor(private readonly db: Database) {}

  /** For the dead letters that there are now. One that has nothing to do is completed at once. */
  async startForDeadLetters(
    tenantId: string,
    kind: 'retry' | 'discard',
    selection: DeadLetterSelection,
  ): Promise<OperationRow> {
    const { deliveryIds } = selection;
    const count = deliveryIds
      ? Prisma.sql`SELECT ${deliveryIds.length}::integer AS count`
      : Prisma.sql`
          SELECT count(*)::integer AS count FROM deliveries d
          WHERE ${deadLettersOf(tenantId, selection)}`;
    return this.#start(
      tenantId,
      kind,
      selection,
      Prisma.sql`SELECT count AS total, count = 0 AS none FROM (${count}) found`,
    );
  }

  /** For the events that there are now: those to come are sent anyway. */
  async startReplay(tenantId: string, selection: ReplaySelection): Promise<OperationRow> {
    const { total, none } = await replayTotal(this.db, tenantId, selection);
    const extent = Prisma.sql`SELECT ${total}::integer AS total, ${none}::boolean AS none`;
    return this.#start(tenantId, 'replay', selection, extent);
  }

  async find(tenantId: string, id: string): Promise<OperationRow | undefined> {
    const [row] = await this.db.prisma.$queryRaw<OperationRow[]>`
      SELECT ${OPERATION_COLUMNS} FROM operations
      WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid`;
    return row;
  }

  /**
   * Nothing more of it is done once this resolves; what was done stays. One that has ended stays as it is.
   */
  async cancel(tenantId: string, id: string): Promise<OperationRow | undefined> {
    const [row] = await this.db.prisma.$queryRaw<OperationRow[]>`
      UPDATE operations SET status = 'cancelled', finished_at = now()
      WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid AND status = 'running'
      RETURNING ${OPERATION_COLUMNS}`;
    return row ?? this.find(tenantId, id);
  }

  /** @param extent a query for one row of `total` and `none`: whether there is nothing to do */
  async #start(
    tenantId: string,
    kind: OperationKind,
    selection: DeadLetterSelection | ReplaySelection,
    extent: Prisma.Sql,
  ): Promise<OperationRow> {
    const [row] = await this.db.prisma.$queryRaw<OperationRow[]>`
      INSERT INTO operations (id, tenant_id, kind, status, selection, total, reached, finished_at)
      SELECT ${uuidV7()}::uuid, ${tenantId}::uuid, ${kind},
        CASE WHEN x.none THEN 'completed' ELSE 'running' END, ${JSON.stringify(selection)}::jsonb,
        x.total, ${BEFORE_ALL_IDS}::uuid, CASE WHEN x.none THEN now() END
      FROM (${extent}) x
      RETURNING ${OPERATION_COLUMNS}`;
    return row!;
  }
}
