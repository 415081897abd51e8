ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON webhooks TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO schoolbell_tenant;
