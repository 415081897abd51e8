WITH picked AS MATERIALIZED (
  SELECT d.*, w.version, w.fallback_url AS url, w.format
  FROM unnest($1::uuid[], $2::integer[]) AS s (webhook_id, free)
  JOIN webhooks w ON w.id = s.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT d.delivery_id, d.cycle_failures, d.attempt_number, d.interruptions, d.lease_id, d.leased_at,
      d.webhook_id, e.id AS event_id, e.tenant_id, e.type, e.occurred_at, e.accepted_at, e.payload
    FROM fallbacks d
    JOIN deliveries x ON x.id = d.delivery_id AND x.status = 'dead'
    JOIN events e ON e.id = x.event_id
    WHERE d.status = 'pending' AND d.webhook_id = w.id AND d.due_at <= now() + interval '500 microseconds'
      AND (d.leased_until IS NULL OR (d.leased_until < now()
        AND d.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
          THEN e.began_at ELSE '-infinity' END
        FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
      AND (d.interruptions + (d.lease_id IS NOT NULL)::integer) < 5
    ORDER BY d.due_at LIMIT s.free
    FOR UPDATE OF d SKIP LOCKED
  ) d
  LIMIT $3
),
numbered AS (
  UPDATE deliveries x
  SET attempt_count = x.attempt_count + 1
        + (p.lease_id IS NOT NULL AND p.attempt_number IS NULL)::integer,
      updated_at = now()
  FROM picked p
  WHERE x.id = p.delivery_id AND x.status = 'dead'
  RETURNING x.id, x.tenant_id, x.attempt_count AS number
),
leased AS (
  UPDATE fallbacks d
  SET tenant_id = n.tenant_id, lease_id = $5, leased_at = now(),
      leased_until = now() + $4 * interval '1 second', attempt_number = n.number, interruptions = (d.interruptions + (d.lease_id IS NOT NULL)::integer)
  FROM numbered n
  WHERE d.delivery_id = ANY (ARRAY[n.id])
),
cut_off AS (
  SELECT p.* FROM picked p JOIN numbered n ON n.id = p.delivery_id WHERE p.lease_id IS NOT NULL
),
attempts_cut_off AS (
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), tenant_id, delivery_id, webhook_id, coalesce(attempt_number,
      (SELECT x.attempt_count + 1 FROM deliveries x WHERE x.id = delivery_id)), 'fallback', 'interrupted',
    leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
  FROM cut_off
)
SELECT p.delivery_id, p.webhook_id, p.version, n.number - 1 AS attempt_count, p.cycle_failures,
  0 AS interruptions, 'fallback' AS trigger, false AS test, false AS ordered,
  p.lease_id IS NOT NULL AS taken_over, p.event_id, p.tenant_id, p.type, p.occurred_at, p.accepted_at,
  p.payload, false AS awaits_slot, NULL::float8 AS start_in
FROM picked p
JOIN numbered n ON n.id = p.delivery_id
