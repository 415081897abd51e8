-- As whom a webhook's requests go out over TLS, and whom they trust in place of the public authorities.
ALTER TABLE webhooks
  ADD COLUMN client_certificate      text,           -- encrypted: the certificate with its key
  ADD COLUMN certificate_expires_at  timestamptz(3),
  ADD COLUMN certificate_warned_days integer,        -- the last warning that was told: 30 or 7 days before its end
  ADD COLUMN ca                      text;           -- PEM

ALTER TABLE mails DROP CONSTRAINT mails_kind_check,
  ADD CONSTRAINT mails_kind_check CHECK (kind IN ('webhook.paused', 'usage.threshold', 'webhook.certificate_expiring'));
