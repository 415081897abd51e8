-- Whatever serves a tenant runs as this role, with the tenant's id in the setting schoolbell.tenant_id: row-level
-- security then shows it the rows of that tenant alone, even to a statement that forgot to ask for them. The owner of
-- the tables, as whom events are accepted and deliveries are claimed and recorded, is not bound by it. Roles are the
-- server's, not the database's: another installation on it may have made the role, or be making it at this moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'schoolbell_tenant') THEN
    CREATE ROLE schoolbell_tenant NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION USING MESSAGE = format(
      'the user %I may not create the role schoolbell_tenant: run as an administrator: CREATE ROLE schoolbell_tenant NOLOGIN; GRANT schoolbell_tenant TO %I; then start again',
      current_user, current_user);
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'schoolbell_tenant', 'SET') THEN
    EXECUTE format('GRANT schoolbell_tenant TO %I', current_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION USING MESSAGE = format(
      'the user %I may not act as the role schoolbell_tenant: run as an administrator: GRANT schoolbell_tenant TO %I; then start again',
      current_user, current_user);
END $$;
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO schoolbell_tenant', current_schema()); END $$;

-- The tenant whose rows the role sees; null outside of `asTenant`, so that it sees none.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('schoolbell.tenant_id', true), '')::uuid;

-- People who sign in: of a tenant, or of the platform.
CREATE TABLE users (
  id                  uuid PRIMARY KEY,
  tenant_id           uuid REFERENCES tenants (id) ON DELETE CASCADE, -- null: of the platform
  email               text NOT NULL,                                  -- in lower case
  name                text NOT NULL,
  role                text NOT NULL,
  password_hash       text,                                           -- argon2id; null until an invitation is accepted
  password_changed_at timestamptz(3),
  totp_secret         text,                                           -- encrypted
  totp_confirmed_at   timestamptz(3),                                 -- null: the second factor is not in use
  totp_used_step      bigint,                                         -- the last one taken: each code counts once
  recovery_codes      text[] NOT NULL DEFAULT '{}',                   -- SHA-256 of those that are left
  last_login_at       timestamptz(3),
  created_at          timestamptz(3) NOT NULL DEFAULT now(),
  updated_at          timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX users_tenant_id_id_idx ON users (tenant_id, id);

-- A sign-in on one device. Its refresh tokens are derived from its id and their number, and none is stored.
CREATE TABLE user_sessions (
  id            uuid PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  tenant_id     uuid,
  token_number  integer NOT NULL DEFAULT 0,             -- of the refresh token that is current
  rotated_at    timestamptz(3) NOT NULL DEFAULT now(),  -- when it became so
  presented     boolean NOT NULL DEFAULT false,         -- whether it was used since
  address       text NOT NULL,                          -- at the last refresh
  user_agent    text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at  timestamptz(3) NOT NULL DEFAULT now(),
  expires_at    timestamptz(3) NOT NULL,
  ended_at      timestamptz(3),
  end_reason    text
);
CREATE INDEX user_sessions_user_id_id_idx ON user_sessions (user_id, id);
CREATE INDEX user_sessions_expires_at_idx ON user_sessions (expires_at);

-- Links in e-mails: invitations and resets of passwords. Good once.
CREATE TABLE user_tokens (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  tenant_id   uuid,
  purpose     text NOT NULL CHECK (purpose IN ('invitation', 'password_reset')),
  hash        bytea NOT NULL,                            -- SHA-256
  expires_at  timestamptz(3) NOT NULL,
  used_at     timestamptz(3),
  created_at  timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX user_tokens_hash_key ON user_tokens (hash);
CREATE INDEX user_tokens_user_id_idx ON user_tokens (user_id);

-- Who changed what. Written in the transaction of the change, and never again: by privilege, and by a trigger for
-- those whom no privilege binds. Old rows go with their partition.
CREATE TABLE audit_log (
  id            uuid NOT NULL,
  tenant_id     uuid,                                    -- null: a change of the platform's own
  at            timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind    text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'platform')),
  actor_id      text NOT NULL,                           -- TypeID
  actor_name    text NOT NULL,
  action        text NOT NULL,                           -- webhook.updated
  resource_kind text NOT NULL,                           -- webhook
  resource_id   text NOT NULL,                           -- TypeID
  address       text NOT NULL,
  request_id    text NOT NULL,
  before        jsonb,                                   -- the fields that changed, without secrets
  after         jsonb,
  PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
CREATE INDEX audit_log_tenant_id_id_idx ON audit_log (tenant_id, id);

CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM CURRENT_USER;

-- Row-level security of the tables that are new here; those that were there before follow.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON users TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_tenant ON user_sessions TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_tenant ON user_tokens TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_tenant ON audit_log TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON users, user_sessions, user_tokens TO schoolbell_tenant;
GRANT SELECT, INSERT ON audit_log TO schoolbell_tenant;
