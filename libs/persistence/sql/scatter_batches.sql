WITH scattered AS (
  UPDATE batches b SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
  WHERE b.id = ANY ($1::uuid[]) AND b.lease_id = $2
  RETURNING b.id
)
UPDATE due_deliveries d
SET batch_id = NULL, awaits_turn = false, due_at = now(), attempt_count = x.attempt_count
FROM scattered b
JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id])
JOIN deliveries x ON x.id = m.delivery_id
WHERE d.delivery_id = ANY (ARRAY[m.delivery_id]) AND (d.batch_id = m.batch_id) IS TRUE
