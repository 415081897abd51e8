-- Row-level security of the tables that were there before the role schoolbell_tenant; see the migration before. A table
-- that is not named in these migrations is not for the role at all. What is written all the time has a migration of its
-- own: each locks its table for a moment, and none keeps one while it waits for another.
ALTER TABLE batches ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON batches TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON batches TO schoolbell_tenant;
ALTER TABLE event_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON event_counts TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON event_counts TO schoolbell_tenant;
ALTER TABLE fan_outs ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON fan_outs TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON fan_outs TO schoolbell_tenant;
ALTER TABLE launch_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON launch_counts TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON launch_counts TO schoolbell_tenant;
ALTER TABLE launch_tallies ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON launch_tallies TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON launch_tallies TO schoolbell_tenant;
ALTER TABLE mails ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON mails TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO schoolbell_tenant;
ALTER TABLE operations ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON operations TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON operations TO schoolbell_tenant;
ALTER TABLE usage_thresholds ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON usage_thresholds TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_thresholds TO schoolbell_tenant;

-- Types of the platform have no tenant, and everybody may see them.
ALTER TABLE event_types ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON event_types TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_platform ON event_types FOR SELECT TO schoolbell_tenant USING (tenant_id IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON event_types TO schoolbell_tenant;

GRANT SELECT ON attempt_counts_progress, event_counts_progress TO schoolbell_tenant;
-- These have no tenant of their own yet.
GRANT SELECT ON attempts, attempt_counts, batch_members, fallbacks TO schoolbell_tenant;
