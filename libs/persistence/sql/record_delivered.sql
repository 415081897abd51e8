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
recorded AS (
  DELETE FROM due_deliveries d
  USING batch b
  WHERE d.delivery_id = ANY (ARRAY[b.delivery_id]) AND d.lease_id = b.lease_id AND (b.test OR b.webhook_id NOT IN (SELECT id FROM set_aside))
  RETURNING b.ord, b.delivery_id, b.lease_id, b.webhook_id, b.webhook_version, b.test, b.trigger, b.number,
  b.cycle_failures, b.state, b.delay, b.gone, b.ours, b.attempt_id, b.at, b.url, b.format,
  b.request_headers, b.rendered_with, b.response_status, b.response_headers, b.response_body,
  b.truncated, b.error_code, b.error_message, b.dns_ms, b.connect_ms, b.tls_ms, b.first_byte_ms,
  b.total_ms, d.tenant_id, NULL::timestamptz AS due_at, d.ordering_key
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
failures_over AS (
  UPDATE webhooks w
  SET consecutive_failures = 0
  FROM counted c
  WHERE w.id = ANY (ARRAY[c.id])
    AND EXISTS (
      SELECT FROM recorded r
      WHERE r.webhook_id = c.id AND NOT r.test AND r.webhook_version >= c.resumed_version)
)
SELECT
  (SELECT string_agg(ord::text, ',') FROM recorded) AS recorded,
  (SELECT string_agg(ord::text, ',') FROM batch b
   WHERE NOT test AND webhook_id IN (SELECT id FROM set_aside)) AS set_aside,
  (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM recorded
   WHERE ordering_key IS NOT NULL) AS sessions,
  NULL AS paused,
  false AS operational_events,
  NULL AS fallbacks_begun
