-- Of an ordered session only the first delivery can be claimed. The others await their turn, and claims do not
-- even see them: with ten thousand of them behind a receiver that is down, every claim looked at each.
ALTER TABLE due_deliveries ADD COLUMN awaits_turn boolean NOT NULL DEFAULT false;

-- In the order of a session, so that its first delivery is the first entry.
DROP INDEX due_deliveries_ordering_idx;
CREATE INDEX due_deliveries_ordering_idx ON due_deliveries
  (webhook_id, ordering_key, ordering_number, event_id, delivery_id) WHERE ordering_key IS NOT NULL;

UPDATE due_deliveries d SET awaits_turn = true
WHERE d.ordering_key IS NOT NULL AND d.delivery_id <> (
  SELECT first.delivery_id FROM due_deliveries first
  WHERE first.webhook_id = d.webhook_id AND first.ordering_key = d.ordering_key
  ORDER BY first.ordering_number, first.event_id, first.delivery_id LIMIT 1);

-- Each question of the hot path has one index that can answer it: whatever the statistics of a table say that
-- was empty a moment ago, the planner has no other choice.
DROP INDEX due_deliveries_webhook_id_due_at_idx;
CREATE INDEX due_deliveries_claimable_idx ON due_deliveries (webhook_id, due_at, delivery_id)
  WHERE NOT test AND NOT awaits_turn;
