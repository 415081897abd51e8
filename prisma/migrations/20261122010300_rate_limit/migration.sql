-- The timetable of each webhook with a rate limit: when its next request may start. Apart from `webhooks`,
-- since it changes with every claim, and a narrow row is rewritten for little.
CREATE TABLE webhook_rates (
  webhook_id   uuid PRIMARY KEY REFERENCES webhooks (id) ON DELETE CASCADE,
  next_slot_at timestamptz(6) NOT NULL DEFAULT now() -- microseconds: a thousand requests a second have 1 ms each
) WITH (fillfactor = 50);

INSERT INTO webhook_rates (webhook_id) SELECT id FROM webhooks WHERE rate_limit IS NOT NULL;

-- A claim can only lock a row that is there: whoever sets a rate limit, by whatever way, gets one with it.
-- It stays when the limit is taken away, so that switching it off and on gives nothing away.
CREATE FUNCTION keep_webhook_rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_rates (webhook_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;

CREATE TRIGGER webhooks_keep_rate AFTER INSERT OR UPDATE OF rate_limit ON webhooks
  FOR EACH ROW WHEN (NEW.rate_limit IS NOT NULL) EXECUTE FUNCTION keep_webhook_rate();
