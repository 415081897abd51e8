-- on each partition first
CREATE INDEX IF NOT EXISTS events_learner_id_tenant_id_idx ON events (learner_id, tenant_id)
  WHERE learner_id IS NOT NULL;
