-- Wrong codes of the authenticator app since `totp_failures_since`, within 24 hours: codes are short, so that only few
-- may be guessed in a day.
ALTER TABLE users
  ADD COLUMN totp_failures integer NOT NULL DEFAULT 0,
  ADD COLUMN totp_failures_since timestamptz(3);
