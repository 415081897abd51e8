-- E-mails to people: one row for each mail and recipient, stored with what it tells about and sent by a
-- dispatcher afterwards. The row is the truth, the queue only says that there is one to send. It keeps facts,
-- not text: the text is written from them when somebody reads it.
CREATE TABLE mails (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  kind         text NOT NULL CHECK (kind IN ('webhook.paused')),
  recipient    text,                  -- NULL when there was nobody to write to: then it failed at once
  facts        jsonb NOT NULL,
  status       text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'failed')),
  due_at       timestamptz(3) NOT NULL DEFAULT now(),
  attempts     integer NOT NULL DEFAULT 0,
  leased_until timestamptz(3),
  last_error   text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  sent_at      timestamptz(3),
  CHECK (recipient IS NOT NULL OR status = 'failed')
);
CREATE INDEX mails_tenant_id_id_idx ON mails (tenant_id, id);
CREATE INDEX mails_due_idx ON mails (due_at) WHERE status = 'waiting';

-- Who is told about a tenant's webhooks.
ALTER TABLE tenants ADD COLUMN notification_emails text[] NOT NULL DEFAULT '{}';
