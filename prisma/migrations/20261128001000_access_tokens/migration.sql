-- Tokens of OAuth 2.0, shared by the dispatchers. Worth nothing after a crash that a new one is not: unlogged.
CREATE UNLOGGED TABLE access_tokens (
  webhook_id      uuid PRIMARY KEY REFERENCES webhooks ON DELETE CASCADE,
  -- By whose settings it was fetched.
  webhook_version integer NOT NULL,
  -- Encrypted.
  token           text NOT NULL,
  expires_at      timestamptz(3) NOT NULL
);
