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
discarded AS (
  UPDATE deliveries d
  SET attempt_count = b.number, last_attempt_at = b.at, last_response_status = b.response_status,
      last_error_code = b.error_code, last_duration_ms = b.total_ms, updated_at = now()
  FROM batch b
  WHERE d.id = b.delivery_id AND d.status = 'discarded' AND d.attempt_count < b.number
  RETURNING b.ord, b.delivery_id, b.lease_id, b.webhook_id, b.webhook_version, b.test, b.trigger, b.number,
  b.cycle_failures, b.state, b.delay, b.gone, b.ours, b.attempt_id, b.at, b.url, b.format,
  CASE WHEN d.erased_at IS NULL THEN b.request_headers ELSE '{}' END AS request_headers,
  CASE WHEN d.erased_at IS NULL THEN b.rendered_with ELSE NULL END AS rendered_with, b.response_status,
  CASE WHEN d.erased_at IS NULL THEN b.response_headers ELSE NULL END AS response_headers,
  CASE WHEN d.erased_at IS NULL THEN b.response_body ELSE NULL END AS response_body, b.truncated,
  b.error_code, CASE WHEN d.erased_at IS NULL THEN b.error_message ELSE NULL END AS error_message,
  b.dns_ms, b.connect_ms, b.tls_ms, b.first_byte_ms, b.total_ms, d.tenant_id
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
  FROM discarded
)
SELECT delivery_id FROM discarded
