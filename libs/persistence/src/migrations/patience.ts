import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** Whoever waits for a table keeps all others waiting behind it, so this is how long a migration waits. */
export const LOCK_TIMEOUT_MS = 500;

/** A lock that could not be had in time; a deadlock, whose loser was undone. */
const IN_THE_WAY = new Set(['55P03', '40P01']);

const SHORTEST_REST_MS = 100;
/** As long as nobody waits behind us, so that those who did can catch up. */
const LONGEST_REST_MS = 3_000;

export interface Patience {
  /** How long to go on trying. */
  patienceMs: number;
  /** Called once when a try failed, with the transactions that are in the way. */
  onWait: (reason: string) => void;
}

/**
 * Tries again while others are in the way.
 *
 * @throws what the last try threw, when patience is over
 */
export async function withPatience(
  client: ClientBase,
  { patienceMs, onWait }: Patience,
  attempt: () => Promise<void>,
): Promise<void> {
  const end = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isInTheWay(error) || performance.now() >= end) throw error;
    }
    if (tries === 0) onWait(await longestTransactions(client));
    await sleep(Math.min(SHORTEST_REST_MS * 2 ** tries, LONGEST_REST_MS));
  }
}

export function isInTheWay(error: unknown): boolean {
  return IN_THE_WAY.has((error as { code?: string }).code ?? '');
}

/** Who most likely is in the way, in words. */
export async function longestTransactions(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT format('pid %s (%s, open for %s s)', pid, coalesce(nullif(application_name, ''), usename),
       round(extract(epoch FROM clock_timestamp() - xact_start))) AS line
     FROM pg_stat_activity
     WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
     ORDER BY xact_start LIMIT 3`,
  );
  return rows.map(({ line }) => line).join(', ') || 'none is open any more';
}
