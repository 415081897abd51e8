import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { boundAt } from '../../database/id-range.js';
import { ofTenant } from '../../database/of-tenant.js';
import { readListOnSnapshot } from '../../database/read-list.js';
import {
  BUCKET_OF_ATTEMPT,
  HOUR_OF_ATTEMPT,
  responseTimesOf,
  type ResponseTimes,
} from '../../steps/response-time.js';

const HOUR_MS = 3_600_000;

/** How the attempts of some time went; tests are not among them. */
export interface AttemptStats {
  delivered: number;
  failed: number;
  interrupted: number;
  /** Delivered of those that ended in either way, 0 to 1; null when none did. */
  successRate: number | null;
  /** Of the attempts that were answered at all; null when none was. */
  responseTimeMs: ResponseTimes | null;
}

export interface WebhookStats extends AttemptStats {
  /** A full hour. */
  from: Date;
  to: Date;
  /** Every hour, oldest first, also those without attempts; the last one is not over yet. */
  hours: (AttemptStats & { at: Date })[];
}

interface CountRow {
  hour: Date;
  outcome: 'delivered' | 'failed' | 'interrupted';
  bucket: number;
  attempts: number;
}

/** Reads how a webhook's attempts went, from their counts; what is not counted yet, from the attempts. */
export class WebhookStatsRepository {
  constructor(private readonly db: Database) {}

  /** @param windowHours how far back at least; it begins with a full hour @throws ListTooSlowError */
  async read(
    tenantId: string,
    webhookId: string,
    windowHours: number,
    now: Date,
  ): Promise<WebhookStats> {
    const from = new Date(startOfHour(now.getTime() - windowHours * HOUR_MS));
    const rows = await this.#counts(tenantId, webhookId, from);
    const byHour = Map.groupBy(rows, ({ hour }) => hour.getTime());
    const hours: WebhookStats['hours'] = [];
    for (let at = from.getTime(); at <= now.getTime(); at += HOUR_MS) {
      hours.push({ at: new Date(at), ...statsOf(byHour.get(at) ?? []) });
    }
    return { from, to: now, ...statsOf(rows), hours };
  }

  /** On one snapshot, so that what is being counted at this moment is in one of the two parts only. */
  async #counts(tenantId: string, webhookId: string, from: Date): Promise<CountRow[]> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      // By the index, also while the statistics of a new partition know nothing of its rows.
      await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
      // Asked for beforehand: of a value that it does not know, the planner expects a third of the table.
      const [progress] = await rows<{ counted_to: string }>(
        Prisma.sql`SELECT counted_to FROM attempt_counts_progress`,
      );
      return rows<CountRow>(Prisma.sql`
        SELECT hour, outcome, bucket, attempts FROM attempt_counts c
        WHERE webhook_id = ${webhookId}::uuid AND hour >= ${from} AND ${ofTenant('c', tenantId)}
        UNION ALL
        SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)}, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)}, count(*)::integer
        FROM attempts a
        WHERE a.id >= ${progress!.counted_to}::uuid AND a.id >= ${boundAt(from)}::uuid
          AND a.webhook_id = ${webhookId}::uuid AND ${ofTenant('a', tenantId)} AND a.trigger NOT IN ('test', 'fallback')
        GROUP BY 1, 2, 3`);
    });
  }
}

function statsOf(rows: readonly CountRow[]): AttemptStats {
  const sum = (outcome: CountRow['outcome']): number =>
    rows.reduce((total, row) => total + (row.outcome === outcome ? row.attempts : 0), 0);
  const [delivered, failed, interrupted] = [sum('delivered'), sum('failed'), sum('interrupted')];
  const ended = delivered + failed;
  return {
    delivered,
    failed,
    interrupted,
    successRate: ended === 0 ? null : delivered / ended,
    responseTimeMs: responseTimesOf(byBucket(rows)),
  };
}

function byBucket(rows: readonly CountRow[]): { bucket: number; attempts: number }[] {
  const totals = new Map<number, number>();
  for (const { bucket, attempts } of rows) {
    totals.set(bucket, (totals.get(bucket) ?? 0) + attempts);
  }
  return [...totals].map(([bucket, attempts]) => ({ bucket, attempts }));
}

function startOfHour(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}
