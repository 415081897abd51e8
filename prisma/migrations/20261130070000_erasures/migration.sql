-- A learner's wish to be forgotten: what is left of an event is its id, type and times.
ALTER TABLE events ADD COLUMN erased_at timestamptz(3);
