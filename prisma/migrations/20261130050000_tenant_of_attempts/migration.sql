-- The tenant of an attempt, for row-level security. Null for attempts from before, of which there may be hundreds of
-- millions: they are those of their webhook's tenant.
ALTER TABLE attempts ADD COLUMN tenant_id uuid;
ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON attempts TO schoolbell_tenant USING (coalesce(
  tenant_id, (SELECT w.tenant_id FROM webhooks w WHERE w.id = webhook_id)) = current_tenant());
