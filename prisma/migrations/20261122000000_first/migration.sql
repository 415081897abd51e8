-- The tables of the first release. Conventions: UUIDv7 keys, so that new rows land at the right edge of
-- every index and a time range is a range of ids; snake_case; timestamptz(3) in UTC. Lists are newest first
-- and read their index backwards: with "id DESC" in it, every new row would land at the left edge of its
-- tenant's part, and a busy tenant's pages split in halves and stay half empty (89 bytes a row, not 49).
--
-- events, deliveries and attempts carry no foreign keys: they are written a hundred rows at a time on the
-- hot path, and old ones go by dropping whole partitions. One statement writes an event with all its
-- deliveries, and one writes an attempt with its delivery's new state, so no row can be left without its kin.
--
-- These three are partitioned by their ids, whose order is that of time; libs/persistence/src/partitions makes
-- the partitions ahead and drops old ones. The default partition takes what has none, so that nothing is ever
-- refused for the lack of one; its storage settings are those of the others.

CREATE TABLE tenants (
  id                   uuid PRIMARY KEY,
  name                 text NOT NULL,
  monthly_launch_limit integer,
  webhook_limit        integer NOT NULL DEFAULT 100,
  iri                  text,
  domain               text,
  created_at           timestamptz(3) NOT NULL DEFAULT now(),
  updated_at           timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
  id           uuid PRIMARY KEY,
  tenant_id    uuid REFERENCES tenants (id) ON DELETE CASCADE, -- null: a platform key
  name         text NOT NULL,
  prefix       text NOT NULL,
  hash         bytea NOT NULL,                                 -- SHA-256 of the whole key
  permissions  text[] NOT NULL,
  expires_at   timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3),
  created_at   timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX api_keys_prefix_key ON api_keys (prefix);
CREATE INDEX api_keys_tenant_id_id_idx ON api_keys (tenant_id, id);

CREATE TABLE webhooks (
  id                         uuid PRIMARY KEY,
  tenant_id                  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  version                    integer NOT NULL DEFAULT 1, -- rises with every change of a setting
  url                        text NOT NULL,
  description                text NOT NULL DEFAULT '',
  event_types                text[] NOT NULL,
  package_ids                text[] NOT NULL DEFAULT '{}',
  dispatch_ids               text[] NOT NULL DEFAULT '{}',
  format                     text NOT NULL,
  authentication             text NOT NULL,              -- encrypted JSON
  headers                    text NOT NULL,              -- encrypted JSON
  secret                     text NOT NULL,              -- encrypted
  previous_secret            text,                       -- encrypted
  previous_secret_expires_at timestamptz(3),
  timeout_seconds            integer NOT NULL,
  retry_schedule             integer[] NOT NULL,
  rate_limit                 integer,
  fallback_url               text,
  auto_pause_after           integer NOT NULL,
  delivery                   jsonb NOT NULL,
  status                     text NOT NULL CHECK (status IN ('active', 'paused')),
  pause_reason               text CHECK (pause_reason IN ('manual', 'consecutive_failures', 'gone')),
  paused_at                  timestamptz(3),
  pause_last_error           text,
  consecutive_failures       integer NOT NULL DEFAULT 0,
  metadata                   jsonb NOT NULL,
  created_at                 timestamptz(3) NOT NULL DEFAULT now(),
  updated_at                 timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at                 timestamptz(3)              -- its history stays
) WITH (fillfactor = 70);
CREATE INDEX webhooks_tenant_id_id_idx ON webhooks (tenant_id, id) WHERE deleted_at IS NULL;

-- The payload is text: jsonb costs twice as much to write, and the wire wants the very bytes that were
-- accepted. The four ids are the runtime's own, lifted out of the payload so that people can search for them.
CREATE TABLE events (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL,
  type        text NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  accepted_at timestamptz(3) NOT NULL DEFAULT now(),
  test        boolean NOT NULL DEFAULT false,
  session_id  text,
  package_id  text,
  dispatch_id text,
  learner_id  text,
  payload     text NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_tenant_id_id_idx ON events (tenant_id, id);
CREATE INDEX events_tenant_id_type_id_idx ON events (tenant_id, type, id);
-- Without the event's id: so a package's million entries are kept as one, at a fifth of the size.
CREATE INDEX events_session_id_idx ON events (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX events_package_id_idx ON events (package_id) WHERE package_id IS NOT NULL;
CREATE INDEX events_learner_id_idx ON events (learner_id) WHERE learner_id IS NOT NULL;

CREATE TABLE idempotency_keys (
  tenant_id  uuid NOT NULL,
  key        text NOT NULL,
  event_id   uuid NOT NULL,
  body_hash  bytea NOT NULL,
  deliveries integer NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);
-- Old keys lie together, as they came: a few pages of this index find them for pruning, and it costs nothing.
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys USING brin (created_at) WITH (autosummarize = on);

-- The record of a delivery that everybody reads. Updated in place once an attempt is over: no index names a
-- column that a success changes, so that update stays on its page (HOT). `dead_at` is why the dead-letter
-- queue has an index all the same: it is set only on death.
CREATE TABLE deliveries (
  id                   uuid PRIMARY KEY,
  tenant_id            uuid NOT NULL,
  event_id             uuid NOT NULL,
  event_type           text NOT NULL,
  webhook_id           uuid NOT NULL,
  status               text NOT NULL DEFAULT 'waiting'
                         CHECK (status IN ('waiting', 'delivered', 'dead', 'discarded')),
  test                 boolean NOT NULL DEFAULT false,
  attempt_count        integer NOT NULL DEFAULT 0,
  next_attempt_at      timestamptz(3),
  last_attempt_at      timestamptz(3),
  last_response_status integer,
  last_error_code      text,
  last_duration_ms     integer,
  dead_at              timestamptz(3),
  created_at           timestamptz(3) NOT NULL DEFAULT now(),
  updated_at           timestamptz(3) NOT NULL DEFAULT now()
) PARTITION BY RANGE (id);
CREATE TABLE deliveries_default PARTITION OF deliveries DEFAULT WITH (fillfactor = 65);
CREATE INDEX deliveries_tenant_id_id_idx ON deliveries (tenant_id, id);
CREATE INDEX deliveries_webhook_id_id_idx ON deliveries (webhook_id, id);
CREATE INDEX deliveries_event_id_idx ON deliveries (event_id);
CREATE INDEX deliveries_dead_idx ON deliveries (tenant_id, id) WHERE dead_at IS NOT NULL;

-- What waits to be sent: one small row per waiting delivery, gone once it is delivered, dead or discarded.
-- Claiming and leasing touch only this table, however long the history is.
CREATE TABLE due_deliveries (
  delivery_id    uuid PRIMARY KEY,
  tenant_id      uuid NOT NULL,
  webhook_id     uuid NOT NULL,
  event_id       uuid NOT NULL,
  due_at         timestamptz(3) NOT NULL,
  trigger        text NOT NULL DEFAULT 'scheduled',
  test           boolean NOT NULL DEFAULT false,
  attempt_count  integer NOT NULL DEFAULT 0,
  cycle_failures integer NOT NULL DEFAULT 0,
  lease_id       uuid,
  leased_at      timestamptz(3),
  leased_until   timestamptz(3)
) WITH (fillfactor = 65, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX due_deliveries_webhook_id_due_at_idx ON due_deliveries (webhook_id, due_at, delivery_id);
-- Tests are few and go first, also past a million held deliveries of the same webhook.
CREATE INDEX due_deliveries_test_idx ON due_deliveries (webhook_id, due_at) WHERE test;

CREATE TABLE attempts (
  id                 uuid PRIMARY KEY,
  delivery_id        uuid NOT NULL,
  webhook_id         uuid NOT NULL,
  number             integer NOT NULL,
  trigger            text NOT NULL,
  outcome            text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'interrupted')),
  at                 timestamptz(3) NOT NULL,
  url                text NOT NULL,
  format             text NOT NULL,
  request_headers    text NOT NULL, -- JSON; Authorization and secrets redacted
  response_status    integer,
  response_headers   text,          -- JSON
  response_body      text,
  response_truncated boolean NOT NULL DEFAULT false,
  error_code         text,
  error_message      text,
  dns_ms             integer,
  connect_ms         integer,
  tls_ms             integer,
  first_byte_ms      integer,
  total_ms           integer NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE attempts_default PARTITION OF attempts DEFAULT;
CREATE INDEX attempts_delivery_id_idx ON attempts (delivery_id);
