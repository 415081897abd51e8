WITH turned_away AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t (delivery_id, lease_id, reason)
),
ended AS (
  DELETE FROM due_deliveries d
  USING turned_away t
  WHERE d.delivery_id = ANY (ARRAY[t.delivery_id]) AND d.lease_id = t.lease_id
  RETURNING d.delivery_id, d.webhook_id, d.ordering_key, t.reason
),
deliveries_updated AS (
  UPDATE deliveries d
  SET status = 'discarded', discard_reason = e.reason, next_attempt_at = NULL, updated_at = now()
  FROM ended e WHERE d.id = e.delivery_id
)
SELECT (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM ended
 WHERE ordering_key IS NOT NULL) AS sessions
