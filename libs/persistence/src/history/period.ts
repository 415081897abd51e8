const DAY_MS = 86_400_000;
/** The clocks of other machines may be this far behind when a partition ahead of them begins. */
const CLOCK_SLACK_MS = 3_600_000;
/** Each retention is this many partitions, whatever its length: every statement pays for each partition. */
const PARTITIONS_PER_RETENTION = 4;

/** The time that one partition of each table covers: `from` inclusive, `to` exclusive, whole days in UTC. */
export interface Period {
  from: Date;
  to: Date;
}

/** A quarter of the retention in whole days, at least one: a week for 30 days. */
export function periodLengthMs(retentionDays: number): number {
  return Math.max(1, Math.floor(retentionDays / PARTITIONS_PER_RETENTION)) * DAY_MS;
}

/**
 * The periods that are missing, up to one whole period ahead of `now`.
 *
 * Time that passed without a partition stays without one: its rows are in the default partition, and to move
 * them would stop all writing meanwhile.
 *
 * @param existing in any order
 * @param isNew nothing was stored yet, so that today can still get a partition
 */
export function missingPeriods(
  existing: readonly Period[],
  now: Date,
  lengthMs: number,
  isNew: boolean,
): Period[] {
  const covering = (time: number): Period | undefined =>
    existing.find(({ from, to }) => from.getTime() <= time && time < to.getTime());
  const current = covering(now.getTime())?.from.getTime();
  const missing: Period[] = [];
  let from = current ?? (isNew ? startOfDay(now.getTime()) : startOfNextDay(now.getTime()));
  while (from <= now.getTime() + lengthMs) {
    const known = covering(from);
    const to = known ? known.to.getTime() : Math.min(from + lengthMs, nextStart(existing, from));
    if (!known) missing.push({ from: new Date(from), to: new Date(to) });
    from = to;
  }
  return missing;
}

/** Partitions further ahead can be there already when a clock was wrong once. */
function nextStart(existing: readonly Period[], time: number): number {
  const starts = existing.map(({ from }) => from.getTime()).filter((from) => from > time);
  return Math.min(...starts);
}

/** Those that nobody asks for any more; oldest first. */
export function expiredPeriods(existing: readonly Period[], horizon: Date): Period[] {
  return existing
    .filter(({ to }) => to <= horizon)
    .toSorted((one, other) => one.from.getTime() - other.from.getTime());
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

function startOfNextDay(time: number): number {
  return startOfDay(time + CLOCK_SLACK_MS) + DAY_MS;
}
