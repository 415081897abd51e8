-- See the migration tenant_of_attempts.
ALTER TABLE attempt_counts ADD COLUMN tenant_id uuid;
ALTER TABLE attempt_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON attempt_counts TO schoolbell_tenant USING (coalesce(
  tenant_id, (SELECT w.tenant_id FROM webhooks w WHERE w.id = webhook_id)) = current_tenant());
