ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN (
    'webhook.paused', 'usage.threshold', 'webhook.certificate_expiring', 'session.ended', 'user.invited',
    'password.reset', 'password.changed', 'second_factor.changed')) NOT VALID;
