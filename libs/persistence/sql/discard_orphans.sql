WITH deleted AS MATERIALIZED (
  SELECT o.id FROM unnest($1::uuid[]) AS o (id)
  WHERE NOT EXISTS (SELECT FROM webhooks w WHERE w.id = o.id AND w.deleted_at IS NULL)
),
orphans AS (
  DELETE FROM due_deliveries d
  WHERE d.delivery_id = ANY (ARRAY (
    SELECT delivery_id FROM (
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM deleted) AND d.ordering_key IS NOT NULL AND d.awaits_turn
        LIMIT 5000 FOR UPDATE SKIP LOCKED
      ) of_a_kind
      UNION ALL
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM deleted) AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
        LIMIT 5000 FOR UPDATE SKIP LOCKED
      ) of_a_kind
      UNION ALL
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM deleted) AND d.batch_id IS NOT NULL
        LIMIT 5000 FOR UPDATE SKIP LOCKED
      ) of_a_kind
      UNION ALL
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM deleted) AND NOT d.test AND NOT d.awaits_turn
        LIMIT 5000 FOR UPDATE SKIP LOCKED
      ) of_a_kind
      UNION ALL
      SELECT * FROM (
        SELECT d.delivery_id, d.tenant_id FROM due_deliveries d
        WHERE d.webhook_id IN (SELECT id FROM deleted) AND d.test
        LIMIT 5000 FOR UPDATE SKIP LOCKED
      ) of_a_kind
    ) waiting LIMIT 5000
  ))
  RETURNING d.delivery_id
)
UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'
