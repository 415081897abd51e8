-- What only the platform writes, whoever serves a tenant may read alone.
REVOKE INSERT, UPDATE, DELETE ON event_counts, fan_outs, idempotency_keys, launch_counts, launch_tallies, usage_thresholds,
  scorm_attempts, scorm_completions, scorm_launches FROM schoolbell_tenant;
REVOKE DELETE ON batches, deliveries, events, operations, webhooks FROM schoolbell_tenant;
REVOKE INSERT ON batches FROM schoolbell_tenant;
REVOKE UPDATE ON events FROM schoolbell_tenant;
-- Of what is retried by hand, the place in its session.
GRANT USAGE ON SEQUENCE delivery_order TO schoolbell_tenant;
