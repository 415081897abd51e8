import { isBatchUnderWay, isCollecting, isUnderWay } from './predicates.js';
import { sql } from './statement.js';

/** Most that one statement discards, some 0.2 s of Postgres. */
export const DISCARDED_AT_ONCE = 5_000;

/** Each with an index of its own. Those that await their turn come first: without them, it is the others' turn. */
const KINDS = {
  awaiting: (row: string) => `${row}.ordering_key IS NOT NULL AND ${row}.awaits_turn`,
  collecting: isCollecting,
  batched: (row: string) => `${row}.batch_id IS NOT NULL`,
  claimable: (row: string) => `NOT ${row}.test AND NOT ${row}.awaits_turn`,
  tests: (row: string) => `${row}.test`,
};

interface WaitingOptions {
  /**
   * Only what is held while a webhook is paused: no tests, and no attempts that are under way, whose outcome is
   * recorded as it comes.
   */
  held?: boolean;
  /** At most this many, locked; what others have locked is passed by. Default: all, unlocked. */
  most?: number;
}

/**
 * A query for the `delivery_id` of what waits for webhooks. Whoever reads as a tenant adds which, as
 * `WHERE tenant_id = …`: row-level security then asks once, and not for each row.
 *
 * @param webhooks name of a step with the `id` of each
 */
export function waitingOf(webhooks: string, { held = false, most }: WaitingOptions = {}): string {
  const { tests, ...others } = KINDS;
  const kinds = Object.values(held ? others : { ...others, tests });
  const queries = kinds.map(
    (kind) => sql`
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM ${webhooks}) AND ${kind('d')}${held ? ` AND ${notUnderWay(kind)}` : ''}
        ${most ? `LIMIT ${most} FOR UPDATE SKIP LOCKED` : ''}
      ) of_a_kind`,
  );
  return sql`
    SELECT delivery_id FROM (
      ${queries.join('\nUNION ALL\n')}
    ) waiting ${most ? `LIMIT ${most}` : ''}`;
}

function notUnderWay(kind: (row: string) => string): string {
  return `NOT ${kind === KINDS.batched ? isBatchUnderWay('d') : isUnderWay('d')}`;
}
