-- Since when a webhook wants what it wants: its event types, scope, format and filter. For explanations.
ALTER TABLE webhooks ADD COLUMN wants_since timestamptz(3);
ALTER TABLE webhooks ALTER COLUMN wants_since SET DEFAULT now();
