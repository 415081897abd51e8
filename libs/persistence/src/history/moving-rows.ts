import type { ClientBase } from 'pg';
import { boundAt, CLOCK_SLACK_MS } from '../database/id-range.js';
import { partitionName } from './partition.js';
import type { Period } from './period.js';

/**
 * Our statements do not take longer (they have 30 s), so a delivery that nobody could see a moment ago has an id that
 * is not older than this.
 */
const LONGEST_UNSEEN_MS = 60_000;

/** What moves to the default partition, of the three tables; gone with the transaction. */
export const MOVING = {
  events: 'r.id IN (SELECT id FROM moving_events)',
  deliveries: 'r.id IN (SELECT id FROM moving_deliveries)',
  attempts: 'r.delivery_id IN (SELECT id FROM moving_attempts)',
} as const;

const MAKE_LISTS = `
CREATE TEMP TABLE moving_events (id uuid) ON COMMIT DROP;
CREATE TEMP TABLE moving_deliveries (id uuid) ON COMMIT DROP;
CREATE TEMP TABLE moving_attempts (id uuid) ON COMMIT DROP`;

/**
 * A delivery is older than its batches, but for clocks that differ. Found through what is left of the time before
 * the period, which is little: to look from its attempts would be to look up all that is in their batches.
 */
const BATCHES_FROM_OTHER_PERIODS = `
  SELECT DISTINCT m.batch_id
  FROM batch_members m
  CROSS JOIN LATERAL (
    SELECT FROM deliveries d WHERE d.id = m.delivery_id AND d.status IN ('waiting', 'dead') LIMIT 1
  ) d
  WHERE m.delivery_id < $1 OR (m.delivery_id >= $2 AND m.delivery_id < $3)`;

/**
 * Makes the lists and fills in what must be looked for among the rows of other periods: events of this period
 * with a delivery of another, and deliveries of another period, or batches of them, with attempts of this one. No table is locked.
 *
 * What waits or is dead counts, whatever its age. So it makes no difference when it begins to wait, is
 * delivered or dies before the tables are locked. Of what does not count, a discarded delivery stays
 * discarded, and a delivered one waits again by hand only, for which `RETRY_LOCK` has to be held.
 *
 * @param most stop at about this many of each
 */
export async function collectFromOtherPeriods(
  client: ClientBase,
  period: Period,
  most: number,
): Promise<void> {
  const bounds = [boundAt(period.from), boundAt(period.to)];
  const elsewhere = (id: string): string => `(${id} < $1 OR ${id} >= $2)`;
  await client.query(MAKE_LISTS);
  await client.query(
    `INSERT INTO moving_events
     SELECT event_id FROM deliveries
     WHERE event_id >= $1 AND event_id < $2 AND ${elsewhere('id')} AND status IN ('waiting', 'dead')
     LIMIT ${most}`,
    bounds,
  );
  await client.query(
    `INSERT INTO moving_attempts
     SELECT a.delivery_id FROM ${partitionName('attempts', period)} a
     WHERE ${elsewhere('a.delivery_id')}
       AND EXISTS (SELECT FROM deliveries d WHERE d.id = a.delivery_id AND d.status IN ('waiting', 'dead'))
     LIMIT ${most}`,
    bounds,
  );
  await client.query(
    `INSERT INTO moving_attempts
     WITH batches_of_them AS MATERIALIZED (${BATCHES_FROM_OTHER_PERIODS})
     SELECT a.delivery_id FROM batches_of_them b
     JOIN ${partitionName('attempts', period)} a ON a.delivery_id = b.batch_id
     LIMIT ${most}`,
    [...bounds, boundAt(new Date(period.to.getTime() + CLOCK_SLACK_MS))],
  );
}

/**
 * Adds the deliveries of the period itself: those that wait, and young dead letters. Both are found through
 * indexes whose range is the period, however much waits outside of it: so this is fit for being done again,
 * once the tables are locked.
 *
 * @param youngSince dead letters that died later stay
 * @param most stop at about this many of each; default: all
 */
export async function collectOfPeriod(
  client: ClientBase,
  period: Period,
  youngSince: Date,
  most?: number,
): Promise<void> {
  const limit = most === undefined ? '' : `LIMIT ${most}`;
  await client.query(
    `INSERT INTO moving_deliveries
     (SELECT delivery_id FROM due_deliveries WHERE delivery_id >= $1 AND delivery_id < $2 ${limit})
     UNION
     (SELECT id FROM ${partitionName('deliveries', period)} WHERE dead_at > $3 ${limit})`,
    [boundAt(period.from), boundAt(period.to), youngSince],
  );
}

export async function countCollected(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*) FROM (
       TABLE moving_events UNION ALL TABLE moving_deliveries UNION ALL TABLE moving_attempts) m`,
  );
  return rows[0]!.count;
}

/**
 * Brings the lists up to date, for tables that are locked: what waits or died in the period by now, and events
 * that got a new delivery since, such as by a replay. The lists may have what need not stay any more: that goes
 * from the default partition as all that is old.
 */
export async function collectWhatChanged(
  client: ClientBase,
  period: Period,
  youngSince: Date,
): Promise<void> {
  await collectOfPeriod(client, period, youngSince);
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const unseen = new Date(rows[0]!.now.getTime() - LONGEST_UNSEEN_MS);
  await client.query(
    `INSERT INTO moving_events
     SELECT event_id FROM deliveries WHERE id >= $3 AND event_id >= $1 AND event_id < $2`,
    [boundAt(period.from), boundAt(period.to), boundAt(unseen)],
  );
  await client.query(
    `INSERT INTO moving_events
     SELECT r.event_id FROM ${partitionName('deliveries', period)} r WHERE ${MOVING.deliveries}`,
  );
  await client.query(
    `INSERT INTO moving_attempts
     TABLE moving_deliveries
     UNION ALL
     SELECT m.batch_id FROM batch_members m JOIN moving_deliveries d ON d.id = m.delivery_id`,
  );
}
