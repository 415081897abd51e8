-- Row-level security of the tables that were there before the role schoolbell_tenant; see the migration before.
-- One that is not named here is not for the role at all.
DO $$
DECLARE
  each text;
BEGIN
  FOREACH each IN ARRAY ARRAY[
    'batches', 'deliveries', 'due_deliveries', 'event_counts', 'events', 'fan_outs', 'idempotency_keys',
    'launch_counts', 'launch_tallies', 'mails', 'operations', 'scorm_attempts', 'scorm_completions', 'scorm_launches',
    'usage_thresholds', 'webhooks'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_tenant ON %I TO schoolbell_tenant USING (tenant_id = current_tenant())', each);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO schoolbell_tenant', each);
  END LOOP;
END $$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON tenants TO schoolbell_tenant USING (id = current_tenant());
GRANT SELECT, UPDATE ON tenants TO schoolbell_tenant;

-- Keys and types of the platform have no tenant. Everybody may see the types, and nobody's role the keys.
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON api_keys TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON api_keys TO schoolbell_tenant;
ALTER TABLE event_types ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON event_types TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_platform ON event_types FOR SELECT TO schoolbell_tenant USING (tenant_id IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON event_types TO schoolbell_tenant;

GRANT SELECT ON attempt_counts_progress, event_counts_progress TO schoolbell_tenant;
-- These have no tenant of their own yet.
GRANT SELECT ON attempts, attempt_counts, batch_members, fallbacks TO schoolbell_tenant;
