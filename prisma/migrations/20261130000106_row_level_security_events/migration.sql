ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON events TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON events TO schoolbell_tenant;
