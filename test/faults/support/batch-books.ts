import { fromTypeId } from '@schoolbell/ids';
import { expect } from 'vitest';
import type { ReceivedRequest, TestDatabase } from '../../support/index.js';
import type { ReceiverUnderLoad } from './receiver-under-load.js';

interface BatchedDelivery {
  id: string;
  status: string;
  attempt_count: number;
  attempts: number;
  interrupted: number;
  succeeded: number;
}

const LOG = `
SELECT d.id, d.status, d.attempt_count, count(a.id)::integer AS attempts,
  count(a.id) FILTER (WHERE a.outcome = 'interrupted')::integer AS interrupted,
  count(a.id) FILTER (WHERE a.outcome = 'delivered')::integer AS succeeded
FROM deliveries d
JOIN webhooks w ON w.id = d.webhook_id AND w.delivery->>'mode' = 'batch'
LEFT JOIN attempts a ON a.delivery_id = d.id OR a.delivery_id IN (
  SELECT m.batch_id FROM batch_members m WHERE m.delivery_id = d.id AND m.position IS NOT NULL)
GROUP BY d.id`;

interface BatchFigures {
  /** Requests that contained a batch. */
  requests: number;
  /** Deliveries that were taken more often than the log has successes. */
  repeats: number;
  interrupted: number;
}

/**
 * The books of webhooks that send batches. What each request contained is what is stored of its batch, and all requests
 * of a batch have the same bytes. Each delivery was taken as often as its log says, plus at most once for each
 * interrupted attempt.
 *
 * @param expected how many deliveries there are
 */
export async function closeBatchBooks(
  database: TestDatabase,
  receiver: ReceiverUnderLoad,
  expected: number,
): Promise<BatchFigures> {
  const requests = receiver.requests.filter(isBatch);
  const bodies = Map.groupBy(requests, batchIdOf);
  for (const [id, ofBatch] of bodies) {
    expect(new Set(ofBatch.map(({ body }) => body)).size, `bodies of ${id}`).toBe(1);
  }
  const taken = await takenDeliveries(database, bodies);
  const log = await database.query<BatchedDelivery>(LOG);
  expect(log).toHaveLength(expected);
  const figures: BatchFigures = { requests: requests.length, repeats: 0, interrupted: 0 };
  for (const { id, status, attempt_count: counted, ...attempts } of log) {
    expect({ status, counted, succeeded: attempts.succeeded }, id).toEqual({
      status: 'delivered',
      counted: attempts.attempts,
      succeeded: 1,
    });
    const repeats = taken.get(id)! - attempts.succeeded;
    expect(repeats, `${id} was taken`).toBeGreaterThanOrEqual(0);
    expect(repeats, `repeats of ${id}`).toBeLessThanOrEqual(attempts.interrupted);
    figures.repeats += repeats;
    figures.interrupted += attempts.interrupted;
  }
  return figures;
}

/** How often each delivery arrived; every request counts as taken. */
async function takenDeliveries(
  database: TestDatabase,
  requests: ReadonlyMap<string, readonly ReceivedRequest[]>,
): Promise<Map<string, number>> {
  const taken = new Map<string, number>();
  for (const [id, ofBatch] of requests) {
    const members = await database.query<{ delivery_id: string }>(
      'SELECT delivery_id FROM batch_members WHERE batch_id = $1 AND position IS NOT NULL',
      [fromTypeId('batch', id)],
    );
    expect(JSON.parse(ofBatch[0]!.body), id).toHaveLength(members.length);
    for (const { delivery_id: member } of members) {
      taken.set(member, (taken.get(member) ?? 0) + ofBatch.length);
    }
  }
  return taken;
}

function isBatch(request: ReceivedRequest): boolean {
  return batchIdOf(request).startsWith('bat_');
}

function batchIdOf({ headers }: ReceivedRequest): string {
  return String(headers['x-schoolbell-delivery']);
}
