-- on each partition first
CREATE INDEX IF NOT EXISTS events_dispatch_id_idx ON events (dispatch_id) WHERE dispatch_id IS NOT NULL;
