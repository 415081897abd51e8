-- Keys of the platform have no tenant, and are nobody's to see.
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON api_keys TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON api_keys TO schoolbell_tenant;
