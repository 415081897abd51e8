import type { ClientBase } from 'pg';
import { dropOldAuditLog } from './drop-old-audit-log.js';
import { deleteRows } from './delete-rows.js';
import { dropPeriod } from './drop-period.js';
import { AUDIT_LOG, defaultPartition, partitionName } from './partition.js';
import type { Period } from './period.js';
import { pruneBatches } from './prune-batches.js';
import { pruneFallbacks } from './prune-fallbacks.js';
import { pruneOldRows } from './prune-old-rows.js';
import type { PruneReport } from './prune-report.js';
import { pruneScormAttempts } from './prune-scorm-attempts.js';

/** The times that decide what goes. */
export interface Horizons {
  /** What is older goes. */
  horizon: Date;
  /** Idempotency keys that came earlier are forgotten. */
  knownSince: Date;
  /** Dead letters that died later stay. */
  youngSince: Date;
  /** Sessions that were completed later are remembered. */
  completedSince: Date;
  /** Older entries of the audit log go. */
  auditedSince: Date;
  /** Posts that were refused later are kept. */
  refusedSince: Date;
}

/** A part of a round that fails by itself. */
interface PruneStep {
  /** The table or partition that it is about. */
  name: string;
  /** @returns true when there may be more to do */
  work: (client: ClientBase) => Promise<boolean>;
}

/** Where these tables are counted in the report. */
const COUNTED = {
  idempotency_keys: 'idempotencyKeys',
  attempt_counts: 'attemptCounts',
  tenant_attempt_counts: 'tenantAttemptCounts',
  backlog_counts: 'backlogCounts',
  backlog_counts_progress: 'backlogHours',
  mails: 'mails',
  operations: 'operations',
  scorm_completions: 'scormCompletions',
  user_sessions: 'userSessions',
  user_tokens: 'userTokens',
  event_rejections: 'eventRejections',
} as const;

/** Tables of which some rows stay however old they are. */
const WALKED = [
  { name: 'fallbacks', count: 'fallbacks', prune: pruneFallbacks },
  { name: 'batches', count: 'batches', prune: pruneBatches },
  { name: 'scorm_attempts', count: 'scormAttempts', prune: pruneScormAttempts },
] as const;

/**
 * The steps of a round, in their order: fallbacks and batches go after their deliveries.
 *
 * @param positions where walks are that were longer than a round
 * @param report is filled by the steps
 */
export function pruneSteps(
  times: Horizons,
  expired: readonly Period[],
  positions: Map<string, string>,
  report: PruneReport,
): PruneStep[] {
  const rest = { ...times, partitionOf: defaultPartition };
  return [
    {
      name: 'default partition',
      work: (client) => deleteRows(client, rest, positions, report.deleted),
    },
    ...(Object.keys(COUNTED) as (keyof typeof COUNTED)[]).map((name) => ({
      name,
      work: async (client: ClientBase) => {
        const { deleted, unfinished } = await pruneOldRows(client, name, horizonOf(name, times));
        report[COUNTED[name]] += deleted;
        return unfinished;
      },
    })),
    ...expired.map((period) => ({
      name: partitionName('events', period),
      work: (client: ClientBase) => prunePeriod(client, period, times, positions, report),
    })),
    {
      name: AUDIT_LOG,
      work: async (client) => {
        const dropped = await dropOldAuditLog(client, times.auditedSince);
        if (dropped === 'busy') return true;
        report.auditPartitions += dropped;
        return false;
      },
    },
    ...WALKED.map(({ name, count, prune }) => ({
      name,
      work: async (client: ClientBase) => {
        const { deleted, unfinished } = await prune(client, times.horizon, positions);
        report[count] += deleted;
        return unfinished;
      },
    })),
  ];
}

function horizonOf(table: keyof typeof COUNTED, times: Horizons): Date {
  switch (table) {
    case 'idempotency_keys':
      return times.knownSince;
    case 'scorm_completions':
      return times.completedSince;
    case 'event_rejections':
      return times.refusedSince;
    default:
      return times.horizon;
  }
}

async function prunePeriod(
  client: ClientBase,
  period: Period,
  { youngSince }: Horizons,
  positions: Map<string, string>,
  report: PruneReport,
): Promise<boolean> {
  const outcome = await dropPeriod(client, period, youngSince);
  switch (outcome.kind) {
    case 'dropped':
      report.dropped.push(period);
      report.moved += outcome.moved;
      return false;
    case 'busy':
      return true;
    case 'much_stays': {
      const rows = {
        partitionOf: (table: Parameters<typeof partitionName>[0]) => partitionName(table, period),
        horizon: period.to,
        youngSince,
      };
      return deleteRows(client, rows, positions, report.deleted);
    }
  }
}
