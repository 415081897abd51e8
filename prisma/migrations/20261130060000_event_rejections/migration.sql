-- Posts of events, launches and commits that were refused, for a day: the answer to "there is no event".
CREATE TABLE event_rejections (
  id            uuid PRIMARY KEY,
  tenant_id     uuid,                                    -- null: nobody knows whose it was
  at            timestamptz(3) NOT NULL,
  operation     text NOT NULL,                           -- postEvent
  status        integer NOT NULL,
  code          text NOT NULL,
  detail        text NOT NULL,
  errors        jsonb NOT NULL,                          -- the first of them: [{path, message}]
  key_prefix    text,
  key_name      text,
  request_id    text NOT NULL,
  events        integer,                                 -- in the body; null: it was not read
  type          text,                                    -- these of the first event at fault
  session_id    text,
  package_id    text,
  dispatch_id   text,
  learner_id    text,
  left_out      integer NOT NULL DEFAULT 0               -- more of its minute of which nothing is kept
);
CREATE INDEX event_rejections_tenant_id_id_idx ON event_rejections (tenant_id, id);

ALTER TABLE event_rejections ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON event_rejections TO schoolbell_tenant USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON event_rejections TO schoolbell_tenant;
