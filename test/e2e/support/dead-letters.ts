import { fromTypeId, uuidV7 } from '@schoolbell/ids';
import type { TestDatabase } from '../../support/index.js';

interface DeadLetterSettings {
  eventType?: string;
  errorCode?: string;
  /** Default 500. */
  responseStatus?: number | null;
  /** Minutes since they were accepted. */
  age?: number;
}

/** Deliveries of a webhook that died after six attempts, each with its own event. */
export async function addDeadLetters(
  database: TestDatabase,
  webhookId: string,
  count: number,
  settings: DeadLetterSettings = {},
): Promise<void> {
  const { eventType = 'session.completed', errorCode = 'http_status', age = 1 } = settings;
  const { responseStatus = 500 } = settings;
  const at = new Date(Date.now() - age * 60_000);
  // Ids contain their time, by which lists are sorted.
  const newIds = () => Array.from({ length: count }, () => uuidV7(at.getTime()));
  await database.query(
    `WITH dead AS (
       SELECT r.event_id, r.id, w.id AS webhook_id, w.tenant_id
       FROM webhooks w, unnest($2::uuid[], $3::uuid[]) AS r (event_id, id) WHERE w.id = $1
     ), e AS (
       INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, payload)
       SELECT event_id, tenant_id, $4, $6, $6, '{"sessionId":"s"}' FROM dead
     )
     INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status, attempt_count,
       last_attempt_at, last_response_status, last_error_code, dead_at, created_at)
     SELECT id, tenant_id, event_id, $4, webhook_id, 'dead', 6, $6, $7, $5, $6, $6 FROM dead`,
    [
      fromTypeId('webhook', webhookId),
      newIds(),
      newIds(),
      eventType,
      errorCode,
      at,
      responseStatus,
    ],
  );
}
