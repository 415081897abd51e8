-- How many attempts of a webhook ended in an hour, by outcome and by how long the answer took. Counted from
-- the attempts every so often, so that recording pays nothing for it; never more rows than attempts.
CREATE TABLE attempt_counts (
  webhook_id uuid NOT NULL,
  hour       timestamptz(3) NOT NULL,
  outcome    text NOT NULL,
  bucket     integer NOT NULL, -- of the response time; -1: no response
  attempts   integer NOT NULL,
  PRIMARY KEY (webhook_id, hour, outcome, bucket)
);
CREATE INDEX attempt_counts_hour_idx ON attempt_counts USING brin (hour) WITH (autosummarize = on);

-- One row: attempts with smaller ids are counted. Its lock is that of counting.
CREATE TABLE attempt_counts_progress (
  id         integer PRIMARY KEY CHECK (id = 1),
  counted_to uuid NOT NULL
);
INSERT INTO attempt_counts_progress VALUES (1, '00000000-0000-0000-0000-000000000000');
