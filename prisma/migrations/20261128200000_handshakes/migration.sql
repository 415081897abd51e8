-- What a receiver consented to by the handshake of CloudEvents; null where it was not asked, or is asked anew.
ALTER TABLE webhooks
  -- As whom we may send.
  ADD COLUMN consented_origin text,
  -- Requests per minute; null for any number.
  ADD COLUMN consented_rate integer CHECK (consented_rate > 0),
  DROP CONSTRAINT webhooks_pause_reason_check,
  ADD CONSTRAINT webhooks_pause_reason_check
    CHECK (pause_reason IN ('manual', 'consecutive_failures', 'gone', 'handshake'));

-- A timetable for webhooks with one rate or the other.
CREATE OR REPLACE TRIGGER webhooks_keep_rate AFTER INSERT OR UPDATE OF rate_limit, consented_rate ON webhooks
  FOR EACH ROW WHEN (NEW.rate_limit IS NOT NULL OR NEW.consented_rate IS NOT NULL)
  EXECUTE FUNCTION keep_webhook_rate();

-- Receivers that are to be asked for their consent. The row goes when they have given it, or are not asked again.
CREATE TABLE handshakes (
  webhook_id uuid PRIMARY KEY REFERENCES webhooks ON DELETE CASCADE,
  due_at     timestamptz(3) NOT NULL DEFAULT now(), -- while a dispatcher is asking: the end of its lease
  attempts   integer NOT NULL DEFAULT 0,
  lease_id   uuid                                   -- null for one that is to be made from the beginning
);
