-- See the migration tenant_of_attempts.
ALTER TABLE batch_members ADD COLUMN tenant_id uuid;
ALTER TABLE batch_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON batch_members TO schoolbell_tenant USING (coalesce(
  tenant_id, (SELECT b.tenant_id FROM batches b WHERE b.id = batch_id)) = current_tenant());
-- A delivery that is retried by hand leaves its batch.
GRANT DELETE ON batch_members TO schoolbell_tenant;
