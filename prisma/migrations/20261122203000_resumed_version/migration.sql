-- The version that a webhook got when it was resumed: what was claimed before it, while the receiver may still
-- have been broken, does not count for the next pause.
ALTER TABLE webhooks ADD COLUMN resumed_version integer NOT NULL DEFAULT 0;
