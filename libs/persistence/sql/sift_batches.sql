WITH turned_away AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
    AS t (batch_id, lease_id, delivery_id, reason)
),
ours AS MATERIALIZED (
  SELECT b.id
  FROM (SELECT DISTINCT batch_id, lease_id FROM turned_away) t
  JOIN batches b ON b.id = ANY (ARRAY[t.batch_id]) AND b.lease_id = t.lease_id
  FOR UPDATE OF b
),
members AS MATERIALIZED (
  SELECT m.*, t.reason
  FROM ours o
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[o.id])
  LEFT JOIN turned_away t ON t.batch_id = m.batch_id
    AND t.delivery_id = coalesce(m.coalesced_into, m.delivery_id)
),
away AS (
  SELECT * FROM members WHERE reason IS NOT NULL
),
left_over AS MATERIALIZED (
  SELECT batch_id, delivery_id, row_number() OVER (PARTITION BY batch_id ORDER BY position) AS position
  FROM members WHERE reason IS NULL AND position IS NOT NULL
),
moved_up AS (
  UPDATE batch_members m SET position = l.position
  FROM left_over l
  WHERE m.batch_id = ANY (ARRAY[l.batch_id]) AND m.delivery_id = ANY (ARRAY[l.delivery_id])
),
taken_out AS (
  DELETE FROM batch_members m USING away a
  WHERE m.batch_id = ANY (ARRAY[a.batch_id]) AND m.delivery_id = ANY (ARRAY[a.delivery_id])
),
shrunk AS (
  UPDATE batches b
  SET size = l.size, status = CASE l.size WHEN 0 THEN 'discarded' ELSE b.status END,
      lease_id = CASE l.size WHEN 0 THEN NULL ELSE b.lease_id END,
      leased_until = CASE l.size WHEN 0 THEN NULL ELSE b.leased_until END
  FROM (
    SELECT o.id, (SELECT count(*) FROM left_over l WHERE l.batch_id = o.id) AS size FROM ours o
  ) l
  WHERE b.id = ANY (ARRAY[l.id])
),
ended AS (
  DELETE FROM due_deliveries d USING away a
  WHERE d.delivery_id = ANY (ARRAY[a.delivery_id]) AND (d.batch_id = a.batch_id) IS TRUE
  RETURNING d.delivery_id, a.reason, a.coalesced_into
)
UPDATE deliveries d
SET status = 'discarded', discard_reason = e.reason, coalesced_into = e.coalesced_into, next_attempt_at = NULL,
    updated_at = now()
FROM ended e WHERE d.id = e.delivery_id
