-- How many attempts in a row were cut off without an outcome: one that takes its dispatcher down each time
-- must come to an end.
ALTER TABLE due_deliveries ADD COLUMN interruptions integer NOT NULL DEFAULT 0;
