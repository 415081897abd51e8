WITH batch AS MATERIALIZED (
  SELECT * FROM unnest(
    string_to_array($1, E'\x1e', E'\x15')::uuid[],
    string_to_array($2, E'\x1e', E'\x15')::uuid[],
    string_to_array($3, E'\x1e', E'\x15')::uuid[],
    string_to_array($4, E'\x1e', E'\x15')::integer[],
    string_to_array($5, E'\x1e', E'\x15')::boolean[],
    string_to_array($6, E'\x1e', E'\x15'),
    string_to_array($7, E'\x1e', E'\x15')::integer[],
    string_to_array($8, E'\x1e', E'\x15')::integer[],
    string_to_array($9, E'\x1e', E'\x15'),
    string_to_array($10, E'\x1e', E'\x15')::float8[],
    string_to_array($11, E'\x1e', E'\x15')::boolean[],
    string_to_array($12, E'\x1e', E'\x15')::boolean[],
    string_to_array($13, E'\x1e', E'\x15')::uuid[],
    string_to_array($14, E'\x1e', E'\x15')::timestamptz[],
    string_to_array($15, E'\x1e', E'\x15'),
    string_to_array($16, E'\x1e', E'\x15'),
    string_to_array($17, E'\x1e', E'\x15'),
    string_to_array($18, E'\x1e', E'\x15'),
    string_to_array($19, E'\x1e', E'\x15')::integer[],
    string_to_array($20, E'\x1e', E'\x15'),
    string_to_array($21, E'\x1e', E'\x15'),
    string_to_array($22, E'\x1e', E'\x15')::boolean[],
    string_to_array($23, E'\x1e', E'\x15'),
    string_to_array($24, E'\x1e', E'\x15'),
    string_to_array($25, E'\x1e', E'\x15')::integer[],
    string_to_array($26, E'\x1e', E'\x15')::integer[],
    string_to_array($27, E'\x1e', E'\x15')::integer[],
    string_to_array($28, E'\x1e', E'\x15')::integer[],
    string_to_array($29, E'\x1e', E'\x15')::integer[]
  ) WITH ORDINALITY AS b (
    delivery_id, lease_id, webhook_id, webhook_version, test, trigger, number, cycle_failures, state,
    delay, gone, ours, attempt_id, at, url, format, request_headers, rendered_with, response_status,
    response_headers, response_body, truncated, error_code, error_message, dns_ms, connect_ms, tls_ms,
    first_byte_ms, total_ms, ord
  )
),
to_count AS MATERIALIZED (
  SELECT w.id
  FROM (
    SELECT webhook_id, bool_or(state <> 'delivered') AS failed
    FROM batch WHERE NOT test GROUP BY webhook_id
  ) b
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = b.webhook_id LIMIT 1) w
  WHERE (b.failed OR w.consecutive_failures <> 0) AND w.deleted_at IS NULL
),
counted AS MATERIALIZED (
  SELECT w.id, w.status, w.auto_pause_after, w.consecutive_failures, w.resumed_version
  FROM to_count t
  CROSS JOIN LATERAL (
    SELECT * FROM webhooks w WHERE w.id = t.id FOR NO KEY UPDATE SKIP LOCKED
  ) w
  WHERE w.deleted_at IS NULL
),
set_aside AS MATERIALIZED (
  SELECT id FROM to_count EXCEPT SELECT id FROM counted
),
ended AS (
  DELETE FROM due_deliveries d
  USING batch b
  WHERE d.delivery_id = ANY (ARRAY[b.delivery_id]) AND d.lease_id = b.lease_id AND b.state <> 'waiting'
    AND (b.test OR b.webhook_id NOT IN (SELECT id FROM set_aside))
  RETURNING b.ord, b.delivery_id, b.lease_id, b.webhook_id, b.webhook_version, b.test, b.trigger, b.number,
  b.cycle_failures,
  CASE WHEN b.state = 'dead' AND NOT b.test AND b.webhook_id NOT IN (SELECT id FROM counted)
    THEN 'discarded' ELSE b.state END AS state,
  b.delay, b.gone, b.ours, b.attempt_id, b.at, b.url, b.format, b.request_headers, b.rendered_with,
  b.response_status, b.response_headers, b.response_body, b.truncated, b.error_code, b.error_message,
  b.dns_ms, b.connect_ms, b.tls_ms, b.first_byte_ms, b.total_ms, d.tenant_id, NULL::timestamptz AS due_at,
    d.ordering_key
),
rescheduled AS (
  UPDATE due_deliveries d
  SET due_at = now() + b.delay * interval '1 second', attempt_count = b.number,
      cycle_failures = b.cycle_failures, interruptions = 0,
      lease_id = NULL, leased_at = NULL, leased_until = NULL,
      trigger = CASE d.trigger WHEN 'manual' THEN 'scheduled' ELSE d.trigger END
  FROM batch b
  WHERE d.delivery_id = ANY (ARRAY[b.delivery_id]) AND d.lease_id = b.lease_id AND b.state = 'waiting'
    AND (b.test OR b.webhook_id NOT IN (SELECT id FROM set_aside))
  RETURNING b.ord, b.delivery_id, b.lease_id, b.webhook_id, b.webhook_version, b.test, b.trigger, b.number,
  b.cycle_failures, b.state, b.delay, b.gone, b.ours, b.attempt_id, b.at, b.url, b.format,
  b.request_headers, b.rendered_with, b.response_status, b.response_headers, b.response_body,
  b.truncated, b.error_code, b.error_message, b.dns_ms, b.connect_ms, b.tls_ms, b.first_byte_ms,
  b.total_ms, d.tenant_id, d.due_at, d.ordering_key
),
recorded AS MATERIALIZED (
  SELECT * FROM ended UNION ALL SELECT * FROM rescheduled
),
attempts_written AS (
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, rendered_with, response_status, response_headers, response_body, response_truncated,
    error_code, error_message, dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms)
  SELECT attempt_id, tenant_id, delivery_id, webhook_id, number, trigger,
    CASE state WHEN 'delivered' THEN 'delivered' ELSE 'failed' END, at, url, format,
    request_headers, rendered_with, response_status, response_headers,
    CASE WHEN response_status IS NOT NULL THEN coalesce(response_body, '') END, truncated,
    error_code, error_message, dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms
  FROM recorded
),
deliveries_updated AS (
  UPDATE deliveries d
  SET status = r.state, attempt_count = r.number, next_attempt_at = r.due_at, last_attempt_at = r.at,
      last_response_status = r.response_status, last_error_code = r.error_code,
      last_duration_ms = r.total_ms, updated_at = now(),
      dead_at = CASE WHEN r.state = 'dead' AND NOT r.test THEN now() END
  FROM recorded r
  WHERE d.id = r.delivery_id
),
runs AS (
  SELECT webhook_id, run, count(*) FILTER (WHERE failed) AS failures, bool_or(gone) AS gone,
    (array_agg(CASE WHEN starts_with(error_message, 'The webhook''s template gave no body')
      THEN 'The webhook''s template gave no body.' ELSE error_message END ORDER BY ord DESC) FILTER (WHERE failed))[1] AS last_error
  FROM (
    SELECT webhook_id, ord, gone, error_message, state <> 'delivered' AS failed,
      count(*) FILTER (WHERE state = 'delivered') OVER (PARTITION BY webhook_id ORDER BY ord) AS run
    FROM recorded r
    JOIN counted c ON c.id = r.webhook_id AND r.webhook_version >= c.resumed_version
    WHERE NOT test AND NOT ours
  ) attempts
  GROUP BY webhook_id, run
),
lengths AS (
  SELECT r.webhook_id, r.run, r.gone, r.last_error, c.status, c.auto_pause_after,
    r.failures + CASE r.run WHEN 0 THEN c.consecutive_failures ELSE 0 END AS length
  FROM runs r JOIN counted c ON c.id = r.webhook_id
),
tallies AS (
  SELECT webhook_id, (array_agg(length ORDER BY run DESC))[1] AS failing,
    max(length) AS longest,
    (array_agg(last_error ORDER BY run DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS last_error,
    CASE
      WHEN status <> 'active' THEN NULL
      WHEN bool_or(gone) THEN 'gone'
      WHEN auto_pause_after > 0 AND max(length) >= auto_pause_after THEN 'consecutive_failures'
    END AS reason
  FROM lengths
  GROUP BY webhook_id, status, auto_pause_after
),
webhooks_updated AS (
  UPDATE webhooks w
  SET consecutive_failures = t.failing,
      status = CASE WHEN t.reason IS NULL THEN w.status ELSE 'paused' END,
      pause_reason = coalesce(t.reason, w.pause_reason),
      paused_at = CASE WHEN t.reason IS NULL THEN w.paused_at ELSE now() END,
      pause_last_error = CASE WHEN t.reason IS NULL THEN w.pause_last_error ELSE t.last_error END,
      updated_at = CASE WHEN t.reason IS NULL THEN w.updated_at ELSE now() END
  FROM tallies t
  WHERE w.id = ANY (ARRAY[t.webhook_id]) AND (w.consecutive_failures <> t.failing OR t.reason IS NOT NULL)
  RETURNING w.id, w.tenant_id, t.reason, t.longest AS failures, t.last_error
),
dead_letters AS (
  SELECT delivery_id, number AS attempts, CASE WHEN starts_with(error_message, 'The webhook''s template gave no body')
    THEN 'The webhook''s template gave no body.' ELSE error_message END AS last_error
  FROM recorded WHERE state = 'dead' AND NOT test
),
fallbacks_begun AS (
  INSERT INTO fallbacks (delivery_id, tenant_id, webhook_id)
  SELECT d.id, d.tenant_id, d.webhook_id
  FROM dead_letters x
  JOIN deliveries d ON d.id = x.delivery_id
  JOIN webhooks w ON w.id = d.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
  ON CONFLICT (delivery_id) DO UPDATE
  SET tenant_id = excluded.tenant_id, status = 'pending', due_at = now(),
      cycle_failures = 0, interruptions = 0, lease_id = NULL, leased_at = NULL, leased_until = NULL,
      last_attempt_at = NULL, last_response_status = NULL, last_error_code = NULL, last_duration_ms = NULL
  RETURNING webhook_id
),
mails_written AS (
  INSERT INTO mails (id, tenant_id, kind, facts, recipient, status, last_error)
  SELECT new_uuid_v7(), h.tenant_id, 'webhook.paused', h.facts, o.address,
    CASE WHEN o.address IS NULL THEN 'failed' ELSE 'waiting' END,
    CASE WHEN o.address IS NULL THEN 'The tenant has no notificationEmails: nobody was told.' END
  FROM (
    SELECT p.tenant_id, jsonb_build_object(
        'webhookId', p.id, 'description', w.description, 'url', split_part(w.url, '?', 1),
        'reason', p.reason, 'failures', p.failures, 'lastError', left(p.last_error, 1000)) AS facts
    FROM webhooks_updated p
    JOIN webhooks w ON w.id = p.id
    WHERE p.reason IS NOT NULL
  ) h
  LEFT JOIN LATERAL (SELECT unnest(notification_emails) AS address FROM tenants WHERE id = h.tenant_id) o ON true
),
operational_events AS MATERIALIZED (
  SELECT new_uuid_v7() AS id, n.*
  FROM (
    SELECT p.tenant_id, 'webhook.paused' AS type, json_strip_nulls(json_build_object(
        'webhookId', type_id('wh', p.id), 'reason', p.reason, 'consecutiveFailures', p.failures,
        'lastError', left(p.last_error, 1000)))::text AS payload
    FROM webhooks_updated p
    WHERE p.reason IS NOT NULL
    UNION ALL
    SELECT d.tenant_id, 'delivery.dead' AS type, json_strip_nulls(json_build_object(
        'deliveryId', type_id('dlv', d.id), 'webhookId', type_id('wh', d.webhook_id),
        'eventId', type_id('evt', d.event_id), 'eventType', d.event_type, 'attempts', x.attempts,
        'lastError', left(x.last_error, 1000)))::text AS payload
    FROM dead_letters x
    JOIN deliveries d ON d.id = x.delivery_id
    WHERE NOT d.event_type IN ('webhook.paused', 'delivery.dead')
  ) n
),
operational_events_stored AS (
  INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, payload)
  SELECT id, tenant_id, type, now(), now(), payload FROM operational_events
),
fan_outs_begun AS (
  INSERT INTO fan_outs (event_id, tenant_id, type)
  SELECT id, tenant_id, type FROM operational_events
)
SELECT
  (SELECT string_agg(ord::text, ',') FROM recorded) AS recorded,
  (SELECT string_agg(ord::text, ',') FROM batch b
   WHERE NOT test AND webhook_id IN (SELECT id FROM set_aside)) AS set_aside,
  (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM recorded
   WHERE ordering_key IS NOT NULL) AS sessions,
  (SELECT json_agg(json_build_object('webhookId', id, 'reason', reason)) FROM webhooks_updated
   WHERE reason IS NOT NULL) AS paused,
  EXISTS (SELECT FROM operational_events) AS operational_events,
  (SELECT string_agg(DISTINCT webhook_id::text, ',') FROM fallbacks_begun) AS fallbacks_begun
