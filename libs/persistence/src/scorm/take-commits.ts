import type { CommitOutcome, IncomingCommit, IncomingEvent } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import type { PoolClient } from 'pg';
import type { Accepted, IntakeOutcome } from '../accepting/accept-on.js';
import { eventsOfCommit, launchedEvent } from './events-of-commit.js';
import { sourceOf } from './launch-source.js';
import type { LockedAttempt } from './locked-attempt.js';
import { LockedLaunches } from './locked-launches.js';
import { writeChangesStatement } from './write-changes-statement.js';

/** Stores events in the transaction that the client is in. */
export type AcceptEvents = (
  client: PoolClient,
  events: readonly IncomingEvent[],
) => Promise<Accepted>;

/** What was taken; or, when some are deferred, which: then nothing may be kept. */
export type TakenCommits = Omit<Accepted, 'acceptances'> & { outcomes: CommitOutcome[] };

const NO_EVENTS: Accepted = { acceptances: [], webhookIds: [], sessions: [] };

/** A commit of a launch that is known, and the events that follow from it. */
interface Taken {
  attempt: LockedAttempt;
  events: IncomingEvent[];
}

type Unknown = Extract<CommitOutcome, { kind: `unknown_${string}` }>;

/**
 * Takes commits, in their order: locks the attempts, reduces them, writes them, and stores the events that follow. Whoever
 * calls has begun a transaction, and undoes it if one is deferred.
 */
export async function takeCommits(
  client: PoolClient,
  commits: readonly IncomingCommit[],
  accept: AcceptEvents,
): Promise<TakenCommits> {
  const sources = commits.map(({ source }) => sourceOf(source));
  const launches = await LockedLaunches.lock(client, sources);
  const taken = commits.map((commit) => takeCommit(launches, commit));
  const changes = writeChangesStatement(launches);
  if (changes) await client.query(changes);
  const events = taken.flatMap((one) => ('events' in one ? one.events : []));
  const accepted = events.length > 0 ? await accept(client, events) : NO_EVENTS;
  const { acceptances, ...rest } = accepted;
  return { ...rest, outcomes: outcomesOf(taken, acceptances) };
}

function takeCommit(launches: LockedLaunches, commit: IncomingCommit): Taken | Unknown {
  const source = sourceOf(commit.source);
  const known = launches.find(source);
  if (known) return { attempt: known.attempt, events: eventsOfCommit(known, commit) };
  if (source.kind === 'token') return { kind: 'unknown_launch' };
  if (!launches.knows(source)) return { kind: 'unknown_tenant' };
  const opened = launches.open(source, { id: uuidV7() });
  const { occurredAt = new Date(commit.acceptedAt) } = commit;
  // A late replay of a launch that began before the attempt's state went: it was launched then.
  const launched = opened.number === 0 ? [] : [launchedEvent(opened, { occurredAt })];
  return { attempt: opened.attempt, events: [...launched, ...eventsOfCommit(opened, commit)] };
}

/** A commit is deferred when one of its events is, or a commit of the same attempt before it. */
function outcomesOf(
  taken: readonly (Taken | Unknown)[],
  acceptances: readonly IntakeOutcome[],
): CommitOutcome[] {
  const widthOfDeferred = new Map<LockedAttempt, number>();
  let at = 0;
  return taken.map((one) => {
    if ('kind' in one) return one;
    const own = acceptances.slice(at, (at += one.events.length));
    const width = Math.max(...widthsOfDeferred(own), widthOfDeferred.get(one.attempt) ?? -1);
    if (width < 0) return { kind: 'taken', deliveries: deliveriesOf(own) };
    widthOfDeferred.set(one.attempt, width);
    return { kind: 'deferred', deliveries: width };
  });
}

function widthsOfDeferred(outcomes: readonly IntakeOutcome[]): number[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'deferred' ? outcome.deliveries : []));
}

function deliveriesOf(outcomes: readonly IntakeOutcome[]): number {
  return outcomes.reduce((sum, outcome) => {
    if (outcome.kind === 'accepted') return sum + outcome.deliveries;
    throw new Error(`An event of a commit was not accepted: ${outcome.kind}.`);
  }, 0);
}
