import type { DeliveryChanges, OperationStep, Wakes } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';

/** Continues operations, one batch at a time. */
interface OperationQueue {
  /** Does the next batch of some operation; `undefined` when there is nothing to do. */
  next(): Promise<OperationStep | undefined>;
}

interface OperationRunnerOptions {
  /** How often to poll for operations that no wake announced. Milliseconds. */
  intervalMs: number;
}

/**
 * Does in the background what users started: bulk retries, bulk discards, replays. It has no state: the progress of an
 * operation is committed with its last batch, and any dispatcher continues from there.
 */
export class OperationRunner implements Chore {
  constructor(
    private readonly queue: OperationQueue,
    private readonly wakes: Wakes,
    private readonly changes: DeliveryChanges,
    private readonly outage: Outage,
    private readonly logger: Logger,
    private readonly options: OperationRunnerOptions,
  ) {}

  async round(): Promise<number> {
    const startedAt = performance.now();
    try {
      const step = await this.queue.next();
      this.outage.worked();
      if (!step) return this.options.intervalMs;
      this.tell(step);
      // A pause as long as the work: Postgres has deliveries to claim and to record meanwhile.
      return performance.now() - startedAt;
    } catch (error) {
      return this.outage.failed(error);
    }
  }

  private tell({
    tenantId,
    operationId,
    kind,
    status,
    done,
    failed,
    webhookIds,
  }: OperationStep): void {
    if (webhookIds.length > 0) this.wakes.wake(webhookIds);
    this.changes.touched(tenantId);
    if (status === 'running') return;
    const operation = { operationId: toTypeId('operation', operationId), kind, done, failed };
    this.logger.info(operation, `operation.${status}`);
  }
}
