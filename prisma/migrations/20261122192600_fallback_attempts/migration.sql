-- The number of the attempt that is under way, taken when it begins: one that somebody makes by hand
-- meanwhile gets another. And how many were cut off in a row, which must come to an end here too.
ALTER TABLE fallbacks
  ADD COLUMN attempt_number integer,
  ADD COLUMN interruptions integer NOT NULL DEFAULT 0;
