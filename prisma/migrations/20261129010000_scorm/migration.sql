-- How commits of a tenant's sessions are read: see libs/scorm.
ALTER TABLE tenants
  ADD COLUMN scorm_completion_on_failed boolean NOT NULL DEFAULT false,
  ADD COLUMN scorm_apply_thresholds boolean NOT NULL DEFAULT true;

-- What is known of a learner's attempt at a package. Whoever takes commits of it in has its row locked. No index
-- names a column that a commit changes, so its update stays on its page (HOT).
CREATE TABLE scorm_attempts (
  id               uuid PRIMARY KEY,
  tenant_id        uuid NOT NULL,
  registration_key text NOT NULL,                        -- r:<registrationId>, or s:<sessionId> without one
  attempt          bigint NOT NULL,
  state            text,                                 -- JSON; null only inside the transaction that makes the row
  last_commit_at   timestamptz(3) NOT NULL DEFAULT now() -- to the minute, where a commit changed nothing
) WITH (fillfactor = 65, autovacuum_vacuum_scale_factor = 0.05);
CREATE UNIQUE INDEX scorm_attempts_tenant_id_registration_key_attempt_key
  ON scorm_attempts (tenant_id, registration_key, attempt);

-- A learner's openings of the package, of which an attempt may have several. They go with the attempt.
CREATE TABLE scorm_launches (
  id             uuid PRIMARY KEY,
  attempt_id     uuid NOT NULL REFERENCES scorm_attempts (id) ON DELETE CASCADE,
  tenant_id      uuid NOT NULL,
  session_id     text NOT NULL,
  launch_key     text NOT NULL,                          -- the runtime's own id; empty where it has none
  number         integer NOT NULL,                       -- through the attempt from 1; 0: from before its state went
  session        text NOT NULL,                          -- JSON
  token_hash     bytea,                                  -- SHA-256; null where a server commits
  origin         text,
  expires_at     timestamptz(3),
  last_commit_at timestamptz(3),                         -- to the minute
  terminated_at  timestamptz(3)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE UNIQUE INDEX scorm_launches_attempt_id_session_id_launch_key_key
  ON scorm_launches (attempt_id, session_id, launch_key);
CREATE UNIQUE INDEX scorm_launches_token_hash_key ON scorm_launches (token_hash);
CREATE INDEX scorm_launches_tenant_id_session_id_idx ON scorm_launches (tenant_id, session_id);

-- Outlives the attempt's state, so that a late replay completes nothing twice.
CREATE TABLE scorm_completions (
  tenant_id        uuid NOT NULL,
  registration_key text NOT NULL,
  attempt          bigint NOT NULL,
  sco_id           text NOT NULL,                        -- empty for the attempt as a whole
  completed_at     timestamptz(3) NOT NULL DEFAULT now(),
  launch_keys      text[] NOT NULL DEFAULT '{}',         -- launches by servers, once the attempt's state has gone
  PRIMARY KEY (tenant_id, registration_key, attempt, sco_id)
);
CREATE INDEX scorm_completions_completed_at_idx
  ON scorm_completions USING brin (completed_at) WITH (autosummarize = on);
