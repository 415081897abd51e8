import type { Deferred, IncomingCommit, IntakeBounds } from '@schoolbell/delivery';
import type { Pool } from 'pg';
import { acceptOn } from '../accepting/accept-on.js';
import { acceptPartByPart } from '../accepting/accept-part-by-part.js';
import { runTransaction } from '../database/run-transaction.js';
import { takeCommits, type AcceptEvents, type TakenCommits } from './take-commits.js';

/** More deliveries than one commit makes, as an `integer` of Postgres that can still be counted one further. */
const ANY_NUMBER = 2_147_483_646;

/**
 * Takes commits in one transaction, without those whose events make too many deliveries for it. How many they make is
 * known only once they were stored: then all is undone, and done again without these.
 */
export async function takeWithinBounds(
  pool: Pool,
  commits: readonly IncomingCommit[],
  bounds: IntakeBounds,
): Promise<TakenCommits> {
  const first = await takeAll(pool, commits, acceptWithin(bounds));
  const fitting = [...commits.keys()].filter((index) => !isDeferred(first.outcomes[index]!));
  if (fitting.length === commits.length) return first;
  if (fitting.length === 0 && isTooWide(first.outcomes[0] as Deferred, bounds)) {
    return { ...first, webhookIds: [], sessions: [] };
  }
  const [again, taken] =
    fitting.length > 0
      ? [
          fitting,
          await takeWithinBounds(
            pool,
            fitting.map((index) => commits[index]!),
            bounds,
          ),
        ]
      : [[0], await takeAll(pool, commits.slice(0, 1), acceptInParts(bounds.ofAll!))];
  const outcomes = [...first.outcomes];
  for (const [i, index] of again.entries()) outcomes[index] = taken.outcomes[i]!;
  return { ...taken, outcomes };
}

/** Whether it has an event that makes too many deliveries by itself; else all of its events together do. */
function isTooWide({ deliveries }: Deferred, { ofOneEvent }: IntakeBounds): boolean {
  return ofOneEvent !== null && deliveries > ofOneEvent;
}

function acceptWithin(bounds: IntakeBounds): AcceptEvents {
  return (client, events) => acceptOn(client, events, bounds);
}

function acceptInParts(ofPart: number): AcceptEvents {
  return async (client, events) =>
    (await acceptPartByPart(client, events, { ofPart, most: ANY_NUMBER }))!;
}

/** All of them or, when some are deferred, none. */
function takeAll(
  pool: Pool,
  commits: readonly IncomingCommit[],
  accept: AcceptEvents,
): Promise<TakenCommits> {
  return runTransaction(
    pool,
    (client) => takeCommits(client, commits, accept),
    ({ outcomes }) => !outcomes.some(isDeferred),
  );
}

function isDeferred({ kind }: { kind: string }): boolean {
  return kind === 'deferred';
}
