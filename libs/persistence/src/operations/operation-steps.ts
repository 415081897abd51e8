import type { OperationStep } from '@schoolbell/delivery';
import { isDatabaseUnavailable } from '../database/database-fault.js';
import type { Database } from '../database/database.js';
import type { Prisma } from '../generated/client.js';
import type { BatchRow, RunningOperation } from './batch.js';
import { deadLetterBatch } from './dead-letter-batch.js';
import { eraseBatch } from './erasure/erase-batch.js';
import { ENDED_SELECTION } from './erasure/erasure-selection.js';
import { replayBatch } from './replay-batch.js';

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
   * One batch of the operation that has waited longest for its turn.
   *
   * @returns `undefined` when nothing is left to do, or others are doing it
   */
  async next(): Promise<OperationStep | undefined> {
    for (const operation of await this.candidates()) {
      const step = await this.step(operation);
      if (step) return step;
    }
    return undefined;
  }

  /**
   * Of several replays of one webhook only the first: the next one is to see what it has sent. An erasure rests for a
   * minute at most; a longer rest is that of a clock that has been put back.
   */
  private async candidates(): Promise<RunningOperation[]> {
    return this.db.prisma.$queryRaw<RunningOperation[]>`
      SELECT id, tenant_id AS "tenantId", kind, selection FROM operations o
      WHERE status = 'running'
        AND (worked_at <= now() OR worked_at > now() + interval '1 minute' OR kind <> 'erasure')
        AND NOT EXISTS (
        SELECT FROM operations earlier
        WHERE o.kind = 'replay' AND earlier.kind = 'replay' AND earlier.status = 'running'
          AND earlier.selection->'webhookId' = o.selection->'webhookId' AND earlier.id < o.id)
      ORDER BY worked_at LIMIT ${CANDIDATES}`;
  }

  private async step(operation: RunningOperation): Promise<OperationStep | undefined> {
    const { id: operationId, kind } = operation;
    const [row] = await this.batch(operation);
    if (!row) return undefined;
    const { status, done, failed, webhookIds } = row;
    const toWake = kind === 'discard' ? [] : (webhookIds ?? []);
    return { operationId, kind, status, done, failed, webhookIds: toWake };
  }

  private async batch(operation: RunningOperation): Promise<BatchRow[]> {
    const { id } = operation;
    try {
      const rows = await this.rowsOf(operation);
      this.refusals.delete(id);
      return rows;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) await this.refused(id);
      throw error;
    }
  }

  private async refused(id: string): Promise<void> {
    const times = (this.refusals.get(id) ?? 0) + 1;
    this.refusals.set(id, times);
    if (times < TRIES) return;
    this.refusals.delete(id);
    await this.db.prisma.$executeRaw`
      UPDATE operations SET status = 'failed', finished_at = now(), selection = ${ENDED_SELECTION}
      WHERE id = ${id}::uuid AND status = 'running'`;
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
