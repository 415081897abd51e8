-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS scorm_launches_learner_idx
  ON scorm_launches (tenant_id, ((session::json ->> 'learnerId')));
