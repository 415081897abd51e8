WITH single AS MATERIALIZED (
  SELECT w.id FROM unnest($1::uuid[]) AS s (id)
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = s.id LIMIT 1) w
  WHERE NOT coalesce(w.delivery->>'mode' = 'batch', false)
),
broken AS MATERIALIZED (
  SELECT b.* FROM single w
  JOIN batches b ON b.webhook_id = w.id AND b.status = 'waiting' AND (b.leased_until IS NULL OR (b.leased_until < now()
    AND b.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
      THEN e.began_at ELSE '-infinity' END
    FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
  LIMIT 10
  FOR UPDATE OF b SKIP LOCKED
),
broken_up AS (
  UPDATE batches t SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM broken b WHERE t.id = ANY (ARRAY[b.id])
),
still_in AS MATERIALIZED (
  SELECT d.delivery_id
  FROM broken b
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id])
  JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[m.delivery_id]) AND d.batch_id = m.batch_id
  FOR UPDATE OF d SKIP LOCKED
),
collected AS MATERIALIZED (
  SELECT d.delivery_id
  FROM single w
  JOIN due_deliveries d ON d.webhook_id = w.id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
  LIMIT 1000
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE due_deliveries d
SET awaits_turn = false, batch_id = NULL, due_at = greatest(d.due_at, now()),
    attempt_count = x.attempt_count
FROM (SELECT * FROM still_in UNION ALL SELECT * FROM collected) r
JOIN deliveries x ON x.id = r.delivery_id
WHERE d.delivery_id = ANY (ARRAY[r.delivery_id])
