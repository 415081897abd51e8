import type { OperationStep } from '@schoolbell/delivery';
import { databaseFaultOf } from '../database/database-fault.js';
import type { Database } from '../database/database.js';
import { Prisma } from '../generated/client.js';
import { hasCome } from '../steps/predicates.js';
import type { BatchRow, RunningOperation } from './batch.js';
import { deadLetterBatch } from './dead-letter-batch.js';
import { eraseBatch } from './erasure/erase-batch.js';
import { ENDED_SELECTION } from './erasure/erasure-selection.js';
import { replayBatch } from './replay-batch.js';

const ITS_REST_IS_OVER = Prisma.raw(hasCome('worked_at'));

/** Looked at for one that no other dispatcher is at. */
const CANDIDATES = 10;
/** A batch that Postgres refuses so often is not going to succeed: the operation has failed, others go on. */
const TRIES = 5;

/** Carries operations on, batch by batch: each one a transaction that commits deliveries and progress together. */
export class OperationSteps {
  /** How often the batch of an operation was refused in a row. */
  private readonly refusals = new Map<string, number>();

  constructor(private readonly db: Database) {}

  /**
   * One batch of the operation that has waited longest for its turn. One whose batch failed goes to the end, so that
   * it keeps no other waiting.
   *
   * @returns `undefined` when nothing is left to do, or others are doing it
   * @throws the first error of a batch, when no other operation could be carried on
   */
  async next(): Promise<OperationStep | undefined> {
    const errors: unknown[] = [];
    for (const operation of await this.candidates()) {
      const step = await this.step(operation, errors);
      if (step) return step;
    }
    if (errors.length > 0) throw errors[0];
    return undefined;
  }

  /**
   * Of several replays of one webhook only the first: the next one is to see what it has sent. An erasure rests for a
   * minute at most; a longer rest is that of a clock that has been put back.
   */
  private async candidates(): Promise<RunningOperation[]> {
    const { rows } = await this.db.maintenancePool.query<RunningOperation>(Prisma.sql`
      SELECT id, tenant_id AS "tenantId", kind, selection FROM operations o
      WHERE status = 'running'
        AND (${ITS_REST_IS_OVER} OR worked_at > now() + interval '1 minute' OR kind <> 'erasure')
        AND NOT EXISTS (
        SELECT FROM operations earlier
        WHERE o.kind = 'replay' AND earlier.kind = 'replay' AND earlier.status = 'running'
          AND earlier.selection->'webhookId' = o.selection->'webhookId' AND earlier.id < o.id)
      ORDER BY worked_at, id LIMIT ${CANDIDATES}`);
    return rows;
  }

  private async step(
    operation: RunningOperation,
    errors: unknown[],
  ): Promise<OperationStep | undefined> {
    const { id: operationId, tenantId, kind } = operation;
    const [row] = await this.batch(operation, errors);
    if (!row) return undefined;
    const { status, done, failed, webhookIds } = row;
    const toWake = kind === 'discard' ? [] : (webhookIds ?? []);
    return { operationId, tenantId, kind, status, done, failed, webhookIds: toWake };
  }

  private async batch(operation: RunningOperation, errors: unknown[]): Promise<BatchRow[]> {
    const { id } = operation;
    try {
      const rows = await this.rowsOf(operation);
      this.refusals.delete(id);
      return rows;
    } catch (error) {
      errors.push(error);
      return this.refused(operation, error);
    }
  }

  /**
   * What a failed batch wrote was undone, its turn included: the operation is put to the end by a statement of its
   * own. Where that fails too, Postgres is away.
   *
   * @returns the operation, if it has failed for good
   */
  private async refused({ id }: RunningOperation, error: unknown): Promise<BatchRow[]> {
    const times = (this.refusals.get(id) ?? 0) + (isOfTheBatch(error) ? 1 : 0);
    this.refusals.set(id, times);
    const hasFailed = times >= TRIES;
    if (hasFailed) this.refusals.delete(id);
    const rows = await this.db.prisma.$queryRaw<BatchRow[]>`
      UPDATE operations SET worked_at = now(),
        status = CASE WHEN ${hasFailed} THEN 'failed' ELSE status END,
        finished_at = CASE WHEN ${hasFailed} THEN now() END,
        selection = CASE WHEN ${hasFailed} THEN ${ENDED_SELECTION} ELSE selection END
      WHERE id = ${id}::uuid AND status = 'running'
      RETURNING status, done, failed, NULL AS "webhookIds"`;
    return hasFailed ? rows : [];
  }

  private async rowsOf(operation: RunningOperation): Promise<BatchRow[]> {
    const inOneStatement = (batch: Prisma.Sql) => this.db.prisma.$queryRaw<BatchRow[]>(batch);
    switch (operation.kind) {
      case 'retry':
      case 'discard':
        return inOneStatement(deadLetterBatch(operation));
      case 'replay':
        return inOneStatement(replayBatch(operation));
      case 'erasure':
        return eraseBatch(this.db, operation);
    }
  }
}

/** Its time was too short included. An outage is not, nor that another transaction was in the way. */
function isOfTheBatch(error: unknown): boolean {
  const fault = databaseFaultOf(error);
  return fault !== 'outage' && fault !== 'collision';
}
