-- Webhooks that get the deliveries of a session in the order in which its events were accepted.
ALTER TABLE webhooks ADD COLUMN ordering text NOT NULL DEFAULT 'none' CHECK (ordering IN ('none', 'session'));

-- Counts deliveries of such webhooks only. No clock has a say in the order, nor has chance.
CREATE SEQUENCE delivery_order;

-- The session that a delivery goes in order with, and its place there; null for those that go as they come.
ALTER TABLE due_deliveries
  ADD COLUMN ordering_key text,
  ADD COLUMN ordering_number bigint;
CREATE INDEX due_deliveries_ordering_idx ON due_deliveries (webhook_id, ordering_key, ordering_number)
  WHERE ordering_key IS NOT NULL;
