-- Work that somebody starts and a dispatcher does in the background: a bulk retry, a bulk discard, a replay.
-- Each batch is one statement that moves deliveries and this row together, so that a dispatcher which dies
-- leaves it where it was, and the next one goes on from there.
CREATE TABLE operations (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('retry', 'discard', 'replay')),
  status      text NOT NULL CHECK (status IN ('running', 'completed', 'cancelled', 'failed')),
  selection   jsonb NOT NULL,        -- what it is about, as it was asked for
  total       integer NOT NULL,
  done        integer NOT NULL DEFAULT 0,
  failed      integer NOT NULL DEFAULT 0,
  reached     uuid NOT NULL,         -- of the deliveries or events in the order of their ids, the last one seen to
  worked_at   timestamptz(3) NOT NULL DEFAULT now(), -- whose turn it is: who has waited longest
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3)
);
CREATE INDEX operations_running_idx ON operations (worked_at) WHERE status = 'running';
