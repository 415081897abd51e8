import type { IntakeBounds, LaunchOutcome, NewLaunch } from '@schoolbell/delivery';
import type { Pool, PoolClient } from 'pg';
import { acceptOn, type Accepted } from '../accepting/accept-on.js';
import { runTransaction } from '../database/run-transaction.js';
import { launchedEvent } from './events-of-commit.js';
import { serverSourceOf } from './launch-source.js';
import { LockedLaunches } from './locked-launches.js';
import { renewAccess } from './renew-access.js';
import { writeChangesStatement } from './write-changes-statement.js';

type OpenedLaunch = Omit<Accepted, 'acceptances'> & { outcome: LaunchOutcome };

/** The launch was opened before, with the same key: it has this id. */
interface Repeated {
  repeats: string;
}

/** Opens a launch, its event in the same transaction. A repeat gives the first launch the new token. */
export async function openLaunch(
  pool: Pool,
  launch: NewLaunch,
  bounds: IntakeBounds,
): Promise<OpenedLaunch> {
  const opened = await runTransaction(
    pool,
    (client) => openOn(client, launch, bounds),
    (result) => 'outcome' in result && result.outcome.kind === 'launched',
  );
  return 'outcome' in opened
    ? opened
    : withoutEvents(await renewAccess(pool, opened.repeats, launch));
}

async function openOn(
  client: PoolClient,
  launch: NewLaunch,
  bounds: IntakeBounds,
): Promise<OpenedLaunch | Repeated> {
  const source = serverSourceOf(launch);
  const launches = await LockedLaunches.lock(client, [source]);
  if (!launches.knows(source)) return withoutEvents({ kind: 'unknown_tenant' });
  const known = launches.find(source);
  if (known) return { repeats: known.id };
  const opened = launches.open(source, launch);
  const { rows } = await client.query<{ expires_at: Date }>(writeChangesStatement(launches)!);
  const event = launchedEvent(opened, launch);
  const { acceptances, ...rest } = await acceptOn(client, [event], bounds);
  const [acceptance] = acceptances;
  if (acceptance!.kind !== 'accepted') return withoutEvents(acceptance!);
  if (acceptance!.duplicate) return { repeats: acceptance!.eventId };
  const { id: launchId } = launch;
  const expiresAt = rows[0]!.expires_at;
  return { ...rest, outcome: { kind: 'launched', launchId, duplicate: false, expiresAt } };
}

function withoutEvents(outcome: LaunchOutcome): OpenedLaunch {
  return { outcome, webhookIds: [], sessions: [] };
}
