import type { DeletedRows } from './delete-rows.js';
import type { Period } from './period.js';

/** What a round of pruning did. */
export interface PruneReport {
  /** Periods whose partitions are gone. */
  dropped: Period[];
  /** Rows of these that stay, and were moved. */
  moved: number;
  /** Rows that were deleted one by one. */
  deleted: DeletedRows;
  idempotencyKeys: number;
  attemptCounts: number;
  tenantAttemptCounts: number;
  backlogCounts: number;
  backlogHours: number;
  mails: number;
  operations: number;
  fallbacks: number;
  batches: number;
  scormAttempts: number;
  scormCompletions: number;
  /** Partitions of the audit log that are gone. */
  auditPartitions: number;
  userSessions: number;
  /** Links in e-mails. */
  userTokens: number;
  eventRejections: number;
  /** Steps that failed, each by itself: the others were done. */
  failed: { step: string; error: Error }[];
  /** Some tables could not be had in time, or there is more than a round may do, or a step failed. */
  unfinished: boolean;
}

export function emptyReport(): PruneReport {
  return {
    dropped: [],
    moved: 0,
    deleted: { events: 0, deliveries: 0, attempts: 0 },
    idempotencyKeys: 0,
    attemptCounts: 0,
    tenantAttemptCounts: 0,
    backlogCounts: 0,
    backlogHours: 0,
    mails: 0,
    operations: 0,
    fallbacks: 0,
    batches: 0,
    scormAttempts: 0,
    scormCompletions: 0,
    auditPartitions: 0,
    userSessions: 0,
    userTokens: 0,
    eventRejections: 0,
    failed: [],
    unfinished: false,
  };
}
