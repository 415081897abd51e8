-- E-mails to people: a user of the platform has no tenant. The role schoolbell_tenant does not see theirs.
ALTER TABLE mails ALTER COLUMN tenant_id DROP NOT NULL;
ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN (
    'webhook.paused', 'usage.threshold', 'webhook.certificate_expiring', 'session.ended', 'user.invited',
    'password.reset'));

COMMENT ON COLUMN user_sessions.presented IS
  'Whether the client is known to have the current refresh token: an access token that came with it was used.';
