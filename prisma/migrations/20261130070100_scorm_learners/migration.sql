-- outside a transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS scorm_launches_learner_idx
  ON scorm_launches (tenant_id, (CASE WHEN session IS JSON THEN session::json ->> 'learnerId' END));
