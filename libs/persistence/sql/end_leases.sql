WITH left_behind AS MATERIALIZED (
  SELECT d.delivery_id
  FROM due_deliveries d
  WHERE coalesce(d.leased_until >= now(), false) AND right(d.lease_id::text, 12) = $1
    AND d.interruptions < 2
  FOR UPDATE SKIP LOCKED
)
UPDATE due_deliveries d SET leased_until = now() - interval '1 milliseconds'
FROM left_behind l WHERE d.delivery_id = ANY (ARRAY[l.delivery_id])
RETURNING d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at
