import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../cpu.js';
import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';

const PER_STATEMENT = 100_000;
/** The receivers' delay, so that a dispatcher stays busy whatever waits. */
const ANSWER_MS = 500;
/** How often deliveries that were made are replaced. Milliseconds. */
const TOP_UP_MS = 250;

/** The most memory, in bytes, that a dispatcher used while this many due deliveries waited. */
export async function dispatcherMemory(
  harness: Harness,
  waiting: number,
  seconds: number,
): Promise<number> {
  const installation = await Installation.start(harness, { dispatchers: 0 });
  try {
    for (let from = 0; from < waiting; from += PER_STATEMENT) {
      await insertWaiting(installation, from, Math.min(PER_STATEMENT, waiting - from));
    }
    await installation.query('ANALYZE due_deliveries');
    await harness.expect({ delayMs: ANSWER_MS });
    const { pid } = installation.schoolbell.addDispatcher();
    const delivered = await keepWaiting(installation, harness, { waiting, seconds });
    if (delivered === 0) throw new Error('The dispatcher delivered nothing.');
    return memoryOf(pid).peak;
  } finally {
    await installation.stop();
  }
}

/**
 * Replaces each delivery that was made, so that the dispatcher has the same work however many wait.
 *
 * @returns how many were made
 */
async function keepWaiting(
  installation: Installation,
  harness: Harness,
  { waiting, seconds }: { waiting: number; seconds: number },
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let replaced = 0;
  while (performance.now() < end) {
    await sleep(TOP_UP_MS);
    const { unique } = await harness.reception();
    await insertWaiting(installation, waiting + replaced, unique - replaced);
    replaced = unique;
  }
  return replaced;
}

async function insertWaiting(
  installation: Installation,
  from: number,
  count: number,
): Promise<void> {
  await installation.query(
    `WITH w AS (
       SELECT array_agg(id) AS ids, (array_agg(tenant_id))[1] AS tenant_id FROM webhooks
     ), made AS MATERIALIZED (
       SELECT n, new_uuid_v7() AS event_id, new_uuid_v7() AS delivery_id,
         w.ids[1 + n % cardinality(w.ids)] AS webhook_id, w.tenant_id
       FROM w, generate_series($1::integer, $2::integer) n
     ), e AS (
       INSERT INTO events (id, tenant_id, type, occurred_at, payload)
       SELECT event_id, tenant_id, 'session.completed', now(), '{"sessionId":"b-' || n || '-0"}'
       FROM made
     ), d AS (
       INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
       SELECT delivery_id, tenant_id, event_id, 'session.completed', webhook_id, now() FROM made
     )
     INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
     SELECT delivery_id, tenant_id, webhook_id, event_id, now() FROM made`,
    [from, from + count - 1],
  );
}
