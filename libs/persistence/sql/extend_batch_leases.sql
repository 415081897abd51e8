WITH held AS MATERIALIZED (
  SELECT d.id
  FROM unnest($1::uuid[], $2::uuid[]) AS l (id, lease_id)
  JOIN batches d ON d.id = ANY (ARRAY[l.id]) AND d.lease_id = l.lease_id
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE batches d SET leased_until = now() + $3 * interval '1 second'
FROM held h WHERE d.id = ANY (ARRAY[h.id])
