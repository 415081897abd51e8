-- Dead letters that go to their webhook's fallbackUrl: one row each, which is both what is due and how it
-- went. Apart from due_deliveries, so that what is due there stays what is due to webhooks: held while one is
-- paused, in turn, at its rate.
CREATE TABLE fallbacks (
  delivery_id          uuid PRIMARY KEY,
  webhook_id           uuid NOT NULL,
  status               text NOT NULL DEFAULT 'pending'
                         CHECK (status IN ('pending', 'delivered', 'dead', 'discarded')),
  due_at               timestamptz(3) NOT NULL DEFAULT now(),
  cycle_failures       integer NOT NULL DEFAULT 0,
  lease_id             uuid,
  leased_at            timestamptz(3),
  leased_until         timestamptz(3),
  last_attempt_at      timestamptz(3),
  last_response_status integer,
  last_error_code      text,
  last_duration_ms     integer
);
CREATE INDEX fallbacks_due_idx ON fallbacks (webhook_id, due_at) WHERE status = 'pending';
