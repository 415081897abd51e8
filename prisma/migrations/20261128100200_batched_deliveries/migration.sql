-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS due_deliveries_batched_idx ON due_deliveries (webhook_id)
  WHERE batch_id IS NOT NULL;
