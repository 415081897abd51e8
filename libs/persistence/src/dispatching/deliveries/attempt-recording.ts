import type { AttemptRecord, RecordReport } from '@schoolbell/delivery';
import type { Pool, QueryResultRow } from 'pg';
import { isFaultyRow } from '../../database/database-fault.js';
import { promoteFirsts } from '../../steps/promote.js';
import { lostLeases } from '../lost-leases.js';
import type { ServiceEpoch } from '../service-epoch.js';
import { batchParameters, withoutDetails } from './attempt-batch.js';
import { joinedReports, recordReport } from './record-report.js';
import { RECORD, RECORD_DELIVERED, RECORD_DISCARDED, type RecordRow } from './record.js';

const NOTHING_RECORDED: RecordReport = {
  paused: [],
  lost: [],
  setAside: [],
  operationalEvents: false,
  fallbacksBegun: [],
};

/** Records attempts at deliveries, also where one of them cannot be stored, or its delivery was discarded meanwhile. */
export class AttemptRecording {
  constructor(
    private readonly epoch: ServiceEpoch,
    private readonly pool: Pool,
  ) {}

  /** @throws what the database throws when it is away */
  async record(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 0) return NOTHING_RECORDED;
    try {
      return await this.recordBatch(attempts);
    } catch (error) {
      if (isFaultyRow(error)) return this.recordInHalves(attempts);
      await this.epoch.recordFailed(error);
      throw error;
    }
  }

  private async recordBatch(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    const [name, text] = attempts.every(({ verdict }) => verdict.kind === 'delivered')
      ? ['record_delivered', RECORD_DELIVERED]
      : ['record', RECORD];
    const [row] = await this.run<RecordRow>(name, text, attempts);
    const report = recordReport(row, attempts);
    const unwritten = new Set(report.lost);
    const lost = await this.recordDiscarded(
      attempts.filter(({ claimed }) => unwritten.has(claimed.id)),
    );
    await promoteFirsts(this.pool, row?.sessions ?? [], { attemptIsOver: true });
    return { ...report, lost };
  }

  /** @returns the deliveries that were not discarded either, and whose lease is lost */
  private async recordDiscarded(attempts: readonly AttemptRecord[]): Promise<string[]> {
    if (attempts.length === 0) return [];
    const rows = await this.run<{ delivery_id: string }>(
      'record_discarded',
      RECORD_DISCARDED,
      attempts,
    );
    const written = new Set(rows.map((row) => row.delivery_id));
    return lostLeases(
      this.epoch,
      attempts.filter(({ claimed }) => !written.has(claimed.id)),
    );
  }

  /**
   * For a batch with an attempt that cannot be stored: the others must not go down with it. The one itself
   * is recorded without what the receiver said, so that its delivery still moves on.
   */
  private async recordInHalves(attempts: readonly AttemptRecord[]): Promise<RecordReport> {
    if (attempts.length === 1) return this.recordBatch(attempts.map(withoutDetails));
    const middle = attempts.length >> 1;
    const first = await this.record(attempts.slice(0, middle));
    const second = await this.record(attempts.slice(middle));
    return joinedReports([first, second]);
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    attempts: readonly AttemptRecord[],
  ): Promise<Row[]> {
    return this.epoch.run<Row>({ name, text, values: batchParameters(attempts) });
  }
}
