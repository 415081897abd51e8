WITH orphans AS (
  DELETE FROM due_deliveries d
  WHERE d.delivery_id = ANY (ARRAY (
    SELECT o.delivery_id FROM due_deliveries o
    WHERE o.webhook_id = ANY ($1::uuid[])
      AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = o.webhook_id AND w.deleted_at IS NULL)
    LIMIT 5000 FOR UPDATE SKIP LOCKED
  ))
  RETURNING d.delivery_id
)
UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'
