-- Of those from before, nobody knows better: it was then or earlier.
UPDATE webhooks SET wants_since = updated_at WHERE wants_since IS NULL;
