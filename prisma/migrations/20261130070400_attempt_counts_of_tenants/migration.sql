-- The counts of all webhooks of a tenant together, so that whoever asks for them does not read those of each.
CREATE TABLE tenant_attempt_counts (
  tenant_id uuid NOT NULL,
  hour      timestamptz(3) NOT NULL,
  outcome   text NOT NULL,
  bucket    integer NOT NULL, -- of the response time; -1: no response
  attempts  integer NOT NULL,
  -- A month is some 20,000 rows: they are read from the index alone.
  PRIMARY KEY (tenant_id, hour, outcome, bucket) INCLUDE (attempts)
);
CREATE INDEX tenant_attempt_counts_hour_idx
  ON tenant_attempt_counts USING brin (hour) WITH (autosummarize = on);
ALTER TABLE tenant_attempt_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON tenant_attempt_counts TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT ON tenant_attempt_counts TO schoolbell_tenant;

-- Nobody counts meanwhile.
SELECT FROM attempt_counts_progress FOR UPDATE;
INSERT INTO tenant_attempt_counts (tenant_id, hour, outcome, bucket, attempts)
SELECT w.tenant_id, c.hour, c.outcome, c.bucket, sum(c.attempts)
FROM attempt_counts c JOIN webhooks w ON w.id = c.webhook_id
GROUP BY 1, 2, 3, 4;
