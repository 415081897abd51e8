-- See the migration tenant_of_attempts.
ALTER TABLE fallbacks ADD COLUMN tenant_id uuid;
ALTER TABLE fallbacks ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON fallbacks TO schoolbell_tenant USING (coalesce(
  tenant_id, (SELECT w.tenant_id FROM webhooks w WHERE w.id = webhook_id)) = current_tenant());
