ALTER TABLE due_deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON due_deliveries TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON due_deliveries TO schoolbell_tenant;
