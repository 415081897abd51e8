ALTER TABLE scorm_attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON scorm_attempts TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON scorm_attempts TO schoolbell_tenant;
ALTER TABLE scorm_completions ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON scorm_completions TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON scorm_completions TO schoolbell_tenant;
ALTER TABLE scorm_launches ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON scorm_launches TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON scorm_launches TO schoolbell_tenant;
