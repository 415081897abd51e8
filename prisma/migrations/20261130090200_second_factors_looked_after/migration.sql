-- Wrong codes of the authenticator app since `totp_failures_since`, within 24 hours: codes are short, so that only few
-- may be guessed in a day.
ALTER TABLE users
  ADD COLUMN totp_failures integer NOT NULL DEFAULT 0,
  ADD COLUMN totp_failures_since timestamptz(3);

ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN (
    'webhook.paused', 'usage.threshold', 'webhook.certificate_expiring', 'session.ended', 'user.invited',
    'password.reset', 'password.changed', 'second_factor.changed'));
