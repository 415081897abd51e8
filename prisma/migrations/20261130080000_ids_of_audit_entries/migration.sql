-- Entries of the audit log are kept for a time by their ids: so these are made by the clock that all share, and never by
-- that of one API.
ALTER TABLE audit_log ALTER COLUMN id SET DEFAULT new_uuid_v7();
