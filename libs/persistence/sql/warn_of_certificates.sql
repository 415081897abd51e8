WITH due AS MATERIALIZED (
  SELECT w.id
  FROM webhooks w
  WHERE w.certificate_expires_at <= now() + interval '30 days' AND w.deleted_at IS NULL
    AND (w.certificate_warned_days IS NULL OR (w.certificate_warned_days > 7 AND w.certificate_expires_at <= now() + interval '7 days'))
  ORDER BY w.id
  LIMIT 100
  FOR NO KEY UPDATE SKIP LOCKED
),
warned AS (
  UPDATE webhooks w
  SET certificate_warned_days = CASE WHEN w.certificate_expires_at <= now() + interval '7 days' THEN 7 ELSE 30 END
  FROM due
  WHERE w.id = due.id
  RETURNING w.id, w.tenant_id, w.description, w.url, w.certificate_expires_at AS expires_at
),
mails_written AS (
  INSERT INTO mails (id, tenant_id, kind, facts, recipient, status, last_error)
  SELECT new_uuid_v7(), h.tenant_id, 'webhook.certificate_expiring', h.facts, o.address,
    CASE WHEN o.address IS NULL THEN 'failed' ELSE 'waiting' END,
    CASE WHEN o.address IS NULL THEN 'The tenant has no notificationEmails: nobody was told.' END
  FROM (
    SELECT c.tenant_id, jsonb_build_object(
        'webhookId', c.id, 'description', c.description, 'url', split_part(c.url, '?', 1),
        'expiresAt', c.expires_at) AS facts
    FROM warned c
  ) h
  LEFT JOIN LATERAL (SELECT unnest(notification_emails) AS address FROM tenants WHERE id = h.tenant_id) o ON true
)
SELECT id AS "webhookId", expires_at AS "expiresAt" FROM warned
