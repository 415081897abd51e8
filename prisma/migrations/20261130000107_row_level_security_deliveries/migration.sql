ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON deliveries TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries TO schoolbell_tenant;
