WITH single AS MATERIALIZED (
  SELECT w.id, w.url, w.format FROM unnest($1::uuid[]) AS s (id)
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = s.id LIMIT 1) w
  WHERE NOT coalesce(w.delivery->>'mode' = 'batch', false)
),
collected AS MATERIALIZED (
  SELECT d.delivery_id
  FROM single w
  CROSS JOIN LATERAL (
    SELECT d.delivery_id FROM due_deliveries d
    WHERE d.webhook_id = w.id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
    ORDER BY d.due_at, d.delivery_id LIMIT greatest(1, 1000 / (SELECT count(*) FROM single))
    FOR UPDATE SKIP LOCKED
  ) d
)
UPDATE due_deliveries d
SET awaits_turn = false, due_at = greatest(d.due_at, now()), attempt_count = x.attempt_count
FROM collected r
JOIN deliveries x ON x.id = r.delivery_id
WHERE d.delivery_id = ANY (ARRAY[r.delivery_id])
