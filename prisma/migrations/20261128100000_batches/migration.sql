-- Several deliveries of a webhook that go in one request. A batch is claimed, leased and retried as a whole; its
-- deliveries wait in due_deliveries meanwhile, with its id, unseen by the claims of single deliveries.
CREATE TABLE batches (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL,
  webhook_id      uuid NOT NULL,
  -- The webhook's when the batch was formed: one from before a pause is not sent after it.
  webhook_version integer NOT NULL,
  -- Deliveries in the body.
  size            integer NOT NULL,
  -- dissolved: deliveries left it, and the rest is collected anew. split: two halves have taken its place.
  status          text NOT NULL DEFAULT 'waiting'
                    CHECK (status IN ('waiting', 'delivered', 'dead', 'discarded', 'dissolved', 'split')),
  due_at          timestamptz(3) NOT NULL DEFAULT now(),
  attempt_count   integer NOT NULL DEFAULT 0,
  cycle_failures  integer NOT NULL DEFAULT 0,
  interruptions   integer NOT NULL DEFAULT 0,
  lease_id        uuid,
  leased_at       timestamptz(3),
  leased_until    timestamptz(3)
) WITH (fillfactor = 65, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
CREATE INDEX batches_due_idx ON batches (webhook_id, due_at, id) WHERE status = 'waiting';

-- What each batch was formed of, for ever the same. No foreign key: a hundred rows would look it up each.
CREATE TABLE batch_members (
  batch_id       uuid NOT NULL,
  delivery_id    uuid NOT NULL,
  -- In the body, from 1; null for a delivery that was passed over.
  position       integer,
  -- The delivery that goes instead of one that was passed over.
  coalesced_into uuid,
  PRIMARY KEY (batch_id, delivery_id)
);
CREATE INDEX batch_members_delivery_id_idx ON batch_members (delivery_id);

-- Of a webhook in batch mode a delivery awaits its turn: without a batch it is being collected.
ALTER TABLE due_deliveries ADD COLUMN batch_id uuid;

-- The delivery that went instead of this one; null for all that went themselves.
ALTER TABLE deliveries ADD COLUMN coalesced_into uuid;
