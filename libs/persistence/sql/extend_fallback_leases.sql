WITH held AS MATERIALIZED (
  SELECT d.delivery_id
  FROM unnest($1::uuid[], $2::uuid[]) AS l (delivery_id, lease_id)
  JOIN fallbacks d ON d.delivery_id = ANY (ARRAY[l.delivery_id]) AND d.lease_id = l.lease_id
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE fallbacks d SET leased_until = now() + $3 * interval '1 second'
FROM held h WHERE d.delivery_id = ANY (ARRAY[h.delivery_id])
