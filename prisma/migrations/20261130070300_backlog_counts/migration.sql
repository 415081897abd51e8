-- How many deliveries of a tenant waited in an hour, when they were counted last. No row: none did.
CREATE TABLE backlog_counts (
  tenant_id uuid NOT NULL,
  hour      timestamptz(3) NOT NULL,
  waiting   integer NOT NULL,
  PRIMARY KEY (tenant_id, hour)
);
CREATE INDEX backlog_counts_hour_idx ON backlog_counts USING brin (hour) WITH (autosummarize = on);
ALTER TABLE backlog_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON backlog_counts TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT ON backlog_counts TO schoolbell_tenant;

-- The hours in which it was counted, and when last.
CREATE TABLE backlog_counts_progress (
  hour       timestamptz(3) PRIMARY KEY,
  counted_at timestamptz(3) NOT NULL
);
GRANT SELECT ON backlog_counts_progress TO schoolbell_tenant;
