import type { ClientBase } from 'pg';
import { deleteBatches, type Deletion } from './delete-batches.js';

/**
 * Tables that go with the history, and which of their rows are older than `$1`. An e-mail about a pause, no more than the pause, also one that still waits; an
 * operation that runs stays; nobody can use a session or a link that ended so long ago.
 */
const OLD = {
  idempotency_keys: 'created_at < $1',
  attempt_counts: 'hour < $1',
  tenant_attempt_counts: 'hour < $1',
  backlog_counts: 'hour < $1',
  backlog_counts_progress: 'hour < $1',
  mails: 'created_at < $1',
  operations: 'finished_at < $1',
  scorm_completions: 'completed_at < $1',
  user_sessions: 'expires_at < $1',
  user_tokens: 'expires_at < $1',
  event_rejections: 'at < $1',
} as const;

export async function pruneOldRows(
  client: ClientBase,
  table: keyof typeof OLD,
  horizon: Date,
): Promise<Deletion> {
  return deleteBatches(client, table, OLD[table], horizon);
}
