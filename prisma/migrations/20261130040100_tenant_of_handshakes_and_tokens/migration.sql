-- The tenant of what belongs to a webhook, for row-level security. Both tables are small.
ALTER TABLE handshakes ADD COLUMN tenant_id uuid;
ALTER TABLE access_tokens ADD COLUMN tenant_id uuid;
UPDATE handshakes h SET tenant_id = w.tenant_id FROM webhooks w WHERE w.id = h.webhook_id;
UPDATE access_tokens t SET tenant_id = w.tenant_id FROM webhooks w WHERE w.id = t.webhook_id;
ALTER TABLE handshakes ALTER COLUMN tenant_id SET NOT NULL;
ALTER TABLE access_tokens ALTER COLUMN tenant_id SET NOT NULL;

-- The version before names no tenant.
CREATE FUNCTION fill_tenant_of_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.tenant_id := (SELECT tenant_id FROM webhooks WHERE id = NEW.webhook_id);
  RETURN NEW;
END $$;
CREATE TRIGGER handshakes_fill_tenant BEFORE INSERT ON handshakes
  FOR EACH ROW WHEN (NEW.tenant_id IS NULL) EXECUTE FUNCTION fill_tenant_of_webhook();
CREATE TRIGGER access_tokens_fill_tenant BEFORE INSERT ON access_tokens
  FOR EACH ROW WHEN (NEW.tenant_id IS NULL) EXECUTE FUNCTION fill_tenant_of_webhook();

ALTER TABLE handshakes ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON handshakes TO schoolbell_tenant USING (tenant_id = current_tenant());
CREATE POLICY of_tenant ON access_tokens TO schoolbell_tenant USING (tenant_id = current_tenant());
-- Whoever serves a tenant has receivers asked, and has tokens forgotten, and never reads one.
GRANT SELECT, INSERT, UPDATE ON handshakes TO schoolbell_tenant;
GRANT SELECT (webhook_id, tenant_id), DELETE ON access_tokens TO schoolbell_tenant;
-- The trigger webhooks_keep_rate writes as whoever sets a rate limit.
GRANT INSERT ON webhook_rates TO schoolbell_tenant;
