-- At most one for each webhook, so that those from before are filled in.
ALTER TABLE webhook_rates ADD COLUMN tenant_id uuid;
ALTER TABLE webhook_rates ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON webhook_rates TO schoolbell_tenant USING (tenant_id = current_tenant());
UPDATE webhook_rates r SET tenant_id = w.tenant_id FROM webhooks w WHERE w.id = r.webhook_id;

CREATE OR REPLACE FUNCTION keep_webhook_rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_rates (webhook_id, tenant_id) VALUES (NEW.id, NEW.tenant_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
-- The trigger writes as whoever sets a rate limit.
GRANT INSERT ON webhook_rates TO schoolbell_tenant;
