WITH taken AS (
  DELETE FROM launch_tallies
  WHERE ctid = ANY (ARRAY (SELECT ctid FROM launch_tallies LIMIT 10000))
  RETURNING tenant_id, month, launches
),
sums AS (
  SELECT tenant_id, month, sum(launches) AS launches
  FROM taken t
  WHERE EXISTS (SELECT FROM tenants WHERE id = t.tenant_id)
  GROUP BY tenant_id, month
),
counted AS (
  INSERT INTO launch_counts AS c (tenant_id, month, launches)
  SELECT tenant_id, month, launches FROM sums
  ON CONFLICT (tenant_id, month) DO UPDATE SET launches = c.launches + excluded.launches
  RETURNING tenant_id, month, launches
),
reached AS (
  SELECT c.tenant_id, c.month, c.launches, t.monthly_launch_limit AS launch_limit, p.percent
  FROM counted c
  CROSS JOIN LATERAL (
    SELECT monthly_launch_limit FROM tenants WHERE id = c.tenant_id AND monthly_launch_limit > 0 LIMIT 1
  ) t
  CROSS JOIN (VALUES (80), (100)) AS p (percent)
  WHERE c.launches * 100 >= t.monthly_launch_limit::bigint * p.percent
),
told AS (
  INSERT INTO usage_thresholds (tenant_id, month, percent)
  SELECT tenant_id, month, percent FROM reached
  ON CONFLICT (tenant_id, month, percent) DO NOTHING
  RETURNING tenant_id, month, percent
),
newly_reached AS MATERIALIZED (
  SELECT tenant_id, to_char(month, 'YYYY-MM') AS period, launches, launch_limit, percent
  FROM reached JOIN told USING (tenant_id, month, percent)
  ORDER BY tenant_id, month, percent
),
mails_written AS (
  INSERT INTO mails (id, tenant_id, kind, facts, recipient, status, last_error)
  SELECT new_uuid_v7(), h.tenant_id, 'usage.threshold', h.facts, o.address,
    CASE WHEN o.address IS NULL THEN 'failed' ELSE 'waiting' END,
    CASE WHEN o.address IS NULL THEN 'The tenant has no notificationEmails: nobody was told.' END
  FROM (
    SELECT r.tenant_id, jsonb_build_object(
        'period', r.period, 'launches', r.launches, 'limit', r.launch_limit, 'percent', r.percent) AS facts
    FROM newly_reached r
  ) h
  LEFT JOIN LATERAL (SELECT unnest(notification_emails) AS address FROM tenants WHERE id = h.tenant_id) o ON true
),
operational_events AS MATERIALIZED (
  SELECT new_uuid_v7() AS id, n.*
  FROM (
    SELECT r.tenant_id, 'usage.threshold' AS type, json_strip_nulls(json_build_object(
        'period', r.period, 'launches', r.launches, 'limit', r.launch_limit, 'percent', r.percent))::text AS payload
    FROM newly_reached r
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
SELECT (SELECT count(*)::integer FROM taken) AS taken,
  (SELECT json_agg(json_build_object('tenantId', tenant_id, 'period', period, 'percent', percent))
   FROM newly_reached) AS reached
