-- The same moment, of its deliveries: whoever retries one sees it in the row that is locked.
ALTER TABLE deliveries ADD COLUMN erased_at timestamptz(3);
-- Wider than before: no row has to be looked at.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_discard_reason_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_discard_reason_check
  CHECK (discard_reason IN ('filtered', 'not_carried', 'erased')) NOT VALID;
