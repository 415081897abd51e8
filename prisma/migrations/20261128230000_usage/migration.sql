-- What a tenant used in a month (UTC), kept when its events are pruned.

-- The launches that one flush of accepted events adds, written by the statement that accepts them: they commit or go
-- with them. A row is only ever inserted and deleted, so that no flush waits for another, as it would for a row to
-- count up. Without an index, a key or a foreign key: a dispatcher counts what is here every second.
CREATE TABLE launch_tallies (
  tenant_id uuid NOT NULL,
  month     date NOT NULL, -- its first day; of the events' accepted_at
  launches  integer NOT NULL
);
-- A queue as the others: see the migration queue_vacuum.
ALTER TABLE launch_tallies SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_insert_threshold = -1, vacuum_truncate = off);

-- What was counted of these; the tallies come on top.
CREATE TABLE launch_counts (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  month     date NOT NULL,
  launches  bigint NOT NULL,
  PRIMARY KEY (tenant_id, month)
) WITH (fillfactor = 70);

-- Thresholds that the tenant was told of: its key is why that happens once.
CREATE TABLE usage_thresholds (
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  month      date NOT NULL,
  percent    integer NOT NULL,
  reached_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, month, percent)
);

-- Events that were accepted and deliveries that were made in a month. Counted from their tables every so often, as
-- attempts are, so that accepting pays nothing for it.
CREATE TABLE event_counts (
  tenant_id  uuid NOT NULL,
  month      date NOT NULL,
  events     bigint NOT NULL DEFAULT 0,
  deliveries bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, month)
) WITH (fillfactor = 70);

-- Rows with smaller ids are counted. The lock of a row is that of counting its table.
CREATE TABLE event_counts_progress (
  counted    text PRIMARY KEY CHECK (counted IN ('events', 'deliveries')),
  counted_to uuid NOT NULL
);
INSERT INTO event_counts_progress VALUES
  ('events', '00000000-0000-0000-0000-000000000000'), ('deliveries', '00000000-0000-0000-0000-000000000000');

ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN ('webhook.paused', 'usage.threshold'));
