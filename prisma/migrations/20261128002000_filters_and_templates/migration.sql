-- JSONata: which events a webhook wants, and what its bodies are made by.
ALTER TABLE webhooks
  ADD COLUMN filter text,
  -- {code, message, eventId, at} of the last evaluation that failed.
  ADD COLUMN filter_error jsonb,
  ADD COLUMN template text;
-- Why a delivery was discarded without anybody's doing.
ALTER TABLE deliveries
  ADD COLUMN discard_reason text,
  -- Not valid: nobody waits while a history of millions is read, which has none of them yet.
  ADD CONSTRAINT deliveries_discard_reason_check
    CHECK (discard_reason IN ('filtered', 'not_carried')) NOT VALID;
