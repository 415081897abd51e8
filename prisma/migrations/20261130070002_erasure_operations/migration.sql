-- Wider than before: no row has to be looked at.
ALTER TABLE operations DROP CONSTRAINT operations_kind_check;
ALTER TABLE operations ADD CONSTRAINT operations_kind_check
  CHECK (kind IN ('retry', 'discard', 'replay', 'erasure')) NOT VALID;
