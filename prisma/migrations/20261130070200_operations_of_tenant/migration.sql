-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS operations_tenant_id_id_idx ON operations (tenant_id, id);
