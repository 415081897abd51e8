-- Finds the place among those of its session for a delivery that is sent again by hand, however many wait.
CREATE INDEX due_deliveries_ordering_event_idx ON due_deliveries (webhook_id, ordering_key, event_id)
  WHERE ordering_key IS NOT NULL;
