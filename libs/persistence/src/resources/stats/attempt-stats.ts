import { responseTimesOf, type ResponseTimes } from '../../steps/response-time.js';

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

/** How many attempts of an hour ended in one way, in about the same time. */
export interface CountRow {
  hour: Date;
  outcome: 'delivered' | 'failed' | 'interrupted';
  bucket: number;
  attempts: number;
}

/** The attempts of each hour. */
export type HourStats = AttemptStats & { at: Date };

export function statsOf(rows: readonly CountRow[]): AttemptStats {
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

/** Every hour from `from` to `to`, oldest first, also those without attempts. */
export function hoursOf(rows: readonly CountRow[], from: Date, to: Date): HourStats[] {
  const byHour = Map.groupBy(rows, ({ hour }) => hour.getTime());
  const hours: HourStats[] = [];
  for (let at = from.getTime(); at <= to.getTime(); at += HOUR_MS) {
    hours.push({ at: new Date(at), ...statsOf(byHour.get(at) ?? []) });
  }
  return hours;
}

/** The full hour that was `hours` ago, or was going on then. */
export function startOfWindow(hours: number, now: Date): Date {
  return new Date(Math.floor((now.getTime() - hours * HOUR_MS) / HOUR_MS) * HOUR_MS);
}
