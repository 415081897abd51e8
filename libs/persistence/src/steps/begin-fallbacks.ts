import { sql } from './statement.js';

/**
 * Sends dead letters to the `fallbackUrl` of their webhooks, where there is one: a cycle of its own, begun anew
 * when the delivery was retried by hand and died again.
 *
 * @param deadLetters name of a step with `delivery_id`
 */
export function beginFallbacks(deadLetters: string): string {
  return sql`
  INSERT INTO fallbacks (delivery_id, tenant_id, webhook_id)
  SELECT d.id, d.tenant_id, d.webhook_id
  FROM ${deadLetters} x
  JOIN deliveries d ON d.id = x.delivery_id
  JOIN webhooks w ON w.id = d.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
  ON CONFLICT (delivery_id) DO UPDATE
  SET tenant_id = excluded.tenant_id, status = 'pending', due_at = now(),
      cycle_failures = 0, interruptions = 0, lease_id = NULL, leased_at = NULL, leased_until = NULL,
      last_attempt_at = NULL, last_response_status = NULL, last_error_code = NULL, last_duration_ms = NULL
  RETURNING webhook_id`;
}
