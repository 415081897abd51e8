ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON tenants TO schoolbell_tenant USING (id = current_tenant());
GRANT SELECT, UPDATE ON tenants TO schoolbell_tenant;
