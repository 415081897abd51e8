-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS due_deliveries_collecting_idx ON due_deliveries
  (webhook_id, due_at, delivery_id) WHERE awaits_turn AND ordering_key IS NULL AND batch_id IS NULL;
