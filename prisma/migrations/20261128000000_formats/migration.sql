-- What a webhook has set about its format, and what some formats show of webhook and tenant.
ALTER TABLE webhooks
  ADD COLUMN format_settings jsonb NOT NULL DEFAULT '{}',
  -- The customer asked for `*`, and event_types are those that the format carries instead.
  ADD COLUMN every_event boolean NOT NULL DEFAULT false,
  -- Of the Ed25519 key pair that secret is then; null where it is a shared secret.
  ADD COLUMN public_key text,
  -- Within its tenant, from 1 in the order of registration; never given twice.
  ADD COLUMN number integer NOT NULL DEFAULT 0;
UPDATE webhooks w
SET number = n.number
FROM (SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS number FROM webhooks) n
WHERE n.id = w.id;
-- Null: the tenant's own UUID.
ALTER TABLE tenants ADD COLUMN scorm_api_tenant_id text;
-- JSON of what a body was made of besides its events; null for formats that need nothing else.
ALTER TABLE attempts ADD COLUMN rendered_with text;
