WITH left_behind AS MATERIALIZED (
  SELECT d.id
  FROM batches d
  WHERE coalesce(d.leased_until >= now(), false) AND right(d.lease_id::text, 12) = $1
    AND d.interruptions < 2
  FOR UPDATE SKIP LOCKED
)
UPDATE batches d SET leased_until = now() - interval '1 milliseconds'
FROM left_behind l WHERE d.id = ANY (ARRAY[l.id])
RETURNING d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at
