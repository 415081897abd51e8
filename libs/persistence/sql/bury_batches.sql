WITH buried AS (
  UPDATE batches b SET status = 'dead', lease_id = NULL, leased_at = NULL, leased_until = NULL
  WHERE b.id = ANY ($1::uuid[]) AND b.lease_id = $2
  RETURNING b.id
),
members AS MATERIALIZED (
  SELECT m.* FROM buried b JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id])
),
ended AS (
  DELETE FROM due_deliveries d
  USING members m
  WHERE d.delivery_id = ANY (ARRAY[m.delivery_id]) AND (d.batch_id = m.batch_id) IS TRUE
  RETURNING d.delivery_id
),
deliveries_updated AS (
  UPDATE deliveries d
  SET status = 'dead', dead_at = now(), next_attempt_at = NULL, last_error_code = $3,
      coalesced_into = m.coalesced_into, updated_at = now()
  FROM members m
  WHERE d.id = m.delivery_id AND d.status = 'waiting' AND (SELECT count(*) FROM ended) >= 0
  RETURNING d.id AS delivery_id, d.attempt_count AS attempts
),
dead_letters AS (
  SELECT delivery_id, attempts, $4::text AS last_error FROM deliveries_updated
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
operational_events AS MATERIALIZED (
  SELECT new_uuid_v7() AS id, n.*
  FROM (
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
SELECT EXISTS (SELECT FROM operational_events) AS operational_events
