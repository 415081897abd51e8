-- The token of a link, encrypted, for the e-mail that brings it: a mail with a link has the id of its token. It is
-- gone once the link was used; the hash alone tells whether a link is good.
ALTER TABLE user_tokens ADD COLUMN sealed_token text;
CREATE INDEX user_tokens_expires_at_idx ON user_tokens (expires_at);

ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN (
    'webhook.paused', 'usage.threshold', 'webhook.certificate_expiring', 'session.ended', 'user.invited',
    'password.reset', 'password.changed'));
