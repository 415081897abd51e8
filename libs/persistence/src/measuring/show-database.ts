import { Latest, type Metrics, type Reading } from '@schoolbell/metrics';
import type { Database } from '../database/database.js';
import { WAITING_STATES } from './backlog-statements.js';
import { type DatabaseMeasures, DatabaseMeter, MOST_COUNTED } from './database-measures.js';

/**
 * However many processes are scraped however often, each looks at Postgres every five seconds at most, and for at most
 * a hundredth of its time, unless an answer takes longer than 300 ms.
 */
const ASKED = { goodForMs: 5_000, patienceMs: 1_500, forgetAfterMs: 60_000, restPerWork: 100 };

/** @param read what of it is shown; undefined where it could not be found out */
type ShowGauge = (
  name: string,
  help: string,
  labels: string[],
  read: (measures: DatabaseMeasures) => Reading[] | undefined,
) => void;

/** Shows what only Postgres knows. While it is away, there is nothing of it but that it is away. */
export function showDatabase(metrics: Metrics, db: Pick<Database, 'measuringPool'>): void {
  const meter = new DatabaseMeter(db);
  const latest = new Latest(() => meter.measure(), ASKED);
  const gauge: ShowGauge = (name, help, labels, read) =>
    metrics.gauge(name, help, labels, async () => {
      const measures = await latest.get();
      return (measures && read(measures)) ?? [];
    });

  metrics.gauge('postgres_up', 'Whether Postgres answers this process: 1 or 0.', [], async () => [
    bare((await latest.get()) ? 1 : 0),
  ]);
  gauge(
    'oldest_due_seconds',
    'For how long the delivery has been due that waits longest; 0 while none waits. Without batches and paused webhooks.',
    [],
    ({ oldestDue }) => oldestDue && [bare(Math.max(0, oldestDue.seconds ?? 0))],
  );
  gauge(
    'oldest_unserved_seconds',
    'The same of webhooks without a rate limit that no dispatcher serves just now: how far behind the dispatchers are.',
    [],
    ({ oldestDue }) => oldestDue && [bare(Math.max(0, oldestDue.unserved_seconds ?? 0))],
  );
  gauge(
    'waiting_deliveries',
    `Deliveries that wait, by what they wait for; counted up to ${MOST_COUNTED} in all.`,
    ['state'],
    ({ waiting }) => waiting && everyState(waiting),
  );
  showHistory(gauge);
  showServer(gauge);
}

function showHistory(gauge: ShowGauge): void {
  gauge(
    'partitions_ahead',
    'Partitions that begin in the time to come; those of events are those of deliveries and attempts too.',
    ['table'],
    ({ partitionsAhead }) =>
      partitionsAhead?.map(({ table, partitions: value }) => ({ labels: { table }, value })),
  );
  gauge(
    'default_partition_rows',
    `Rows for which there was no partition; counted up to ${MOST_COUNTED}.`,
    ['table'],
    ({ defaultRows }) =>
      defaultRows?.map(({ table, rows: value }) => ({ labels: { table }, value })),
  );
}

function showServer(gauge: ShowGauge): void {
  gauge(
    'postgres_oldest_xmin_transactions',
    'How many transactions ago the oldest view of the tables was taken that somebody still has, by who has it.',
    ['held_by'],
    ({ oldestXmin }) =>
      oldestXmin?.map(({ held_by, transactions: value }) => ({ labels: { held_by }, value })),
  );
  gauge(
    'postgres_oldest_transaction_seconds',
    'For how long the oldest transaction of a session has been open; 0 while none is.',
    [],
    ({ oldestTransactionSeconds: age }) => (age === undefined ? undefined : [bare(age ?? 0)]),
  );
  gauge(
    'postgres_standbys',
    'Standbys that are connected, by how Postgres waits for them.',
    ['sync'],
    ({ standbys }) => standbys && countedBySync(standbys),
  );
  gauge(
    'postgres_replication_lag_seconds',
    'How long ago the primary wrote what the standby has replayed by now.',
    ['standby', 'sync'],
    ({ standbys }) =>
      standbys?.map(({ standby, sync, seconds: value }) => ({ labels: { standby, sync }, value })),
  );
  gauge(
    'postgres_replication_lag_bytes',
    'How much WAL the standby has not replayed yet.',
    ['standby', 'sync'],
    ({ standbys }) =>
      standbys?.map(({ standby, sync, bytes: value }) => ({ labels: { standby, sync }, value })),
  );
}

/** Also those in which none waits: a line that comes and goes is no 0. */
function everyState(waiting: NonNullable<DatabaseMeasures['waiting']>): Reading[] {
  const counts = new Map(waiting.map(({ state, deliveries }) => [state, deliveries]));
  return WAITING_STATES.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }));
}

function countedBySync(standbys: NonNullable<DatabaseMeasures['standbys']>): Reading[] {
  const counts = new Map([
    ['sync', 0],
    ['quorum', 0],
    ['async', 0],
    ['potential', 0],
  ]);
  for (const { sync, standbys: count } of standbys)
    counts.set(sync, (counts.get(sync) ?? 0) + count);
  return [...counts].map(([sync, value]) => ({ labels: { sync }, value }));
}

function bare(value: number): Reading {
  return { labels: {}, value };
}
