WITH RECURSIVE hop AS (
  (SELECT f.tenant_id FROM fan_outs f WHERE f.tenant_id > $1::uuid ORDER BY f.tenant_id LIMIT 1)
  UNION ALL
  SELECT next.tenant_id
  FROM hop
  CROSS JOIN LATERAL (
    SELECT f.tenant_id FROM fan_outs f WHERE f.tenant_id > hop.tenant_id ORDER BY f.tenant_id LIMIT 1
  ) next
),
turns AS MATERIALIZED (
  SELECT tenant_id FROM hop LIMIT 20
),
share AS MATERIALIZED (
  SELECT greatest($2::bigint / nullif(count(*), 0), 1) AS deliveries FROM turns
),
taken AS MATERIALIZED (
  SELECT f.*
  FROM turns t
  CROSS JOIN LATERAL (
    SELECT f.event_id, f.tenant_id, f.type, f.next_webhook_id
    FROM fan_outs f
    WHERE f.tenant_id BETWEEN t.tenant_id AND t.tenant_id
    ORDER BY f.tenant_id, f.event_id LIMIT least((SELECT deliveries FROM share), 100)
    FOR UPDATE SKIP LOCKED
  ) f
),
found AS MATERIALIZED (
  SELECT f.*
  FROM turns t
  CROSS JOIN LATERAL (
    SELECT e.event_id, e.tenant_id, e.type, w.id AS webhook_id, w.status, row_number() OVER () AS place
    FROM (SELECT * FROM taken x WHERE x.tenant_id = t.tenant_id ORDER BY x.event_id) e
    CROSS JOIN LATERAL (
      SELECT listening.* FROM (
        -- Apart from the order, or the planner would read all webhooks in the order of their ids.
        SELECT w.id, w.status FROM webhooks w
        WHERE (w.tenant_id = e.tenant_id) IS TRUE
          AND webhook_type_keys(w.tenant_id, w.event_types, w.deleted_at)
            && ARRAY[e.tenant_id::text || ' ' || e.type, e.tenant_id::text || ' *']
          AND (e.type = ANY (w.event_types)
            OR webhook_scope_keys(w.tenant_id, w.package_ids, w.dispatch_ids) && ARRAY[e.tenant_id::text])
          AND (w.id >= e.next_webhook_id) IS TRUE
        OFFSET 0
      ) listening
      ORDER BY listening.id LIMIT (SELECT deliveries + 1 FROM share)
    ) w
    LIMIT (SELECT deliveries + 1 FROM share)
  ) f
),
made AS MATERIALIZED (
  SELECT * FROM found WHERE place <= (SELECT deliveries FROM share)
),
cut AS MATERIALIZED (
  SELECT event_id, tenant_id, webhook_id FROM found WHERE place > (SELECT deliveries FROM share)
),
complete AS (
  SELECT t.event_id FROM taken t
  WHERE NOT EXISTS (
    SELECT FROM cut c WHERE c.tenant_id = t.tenant_id AND c.event_id <= t.event_id)
),
fan_outs_ended AS (
  DELETE FROM fan_outs f WHERE f.event_id = ANY (ARRAY (SELECT event_id FROM complete))
),
fan_outs_moved AS (
  UPDATE fan_outs f
  SET next_webhook_id = (SELECT c.webhook_id FROM cut c WHERE c.event_id = f.event_id)
  WHERE f.event_id = ANY (ARRAY (SELECT event_id FROM cut))
),
reached AS (
  SELECT event_id AS id, tenant_id, type, array_agg(webhook_id) AS webhook_ids
  FROM made GROUP BY event_id, tenant_id, type
),
deliveries_made AS (
  INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
  SELECT new_uuid_v7(), tenant_id, id, type, unnest(webhook_ids), now() FROM reached
  RETURNING id, tenant_id, webhook_id, event_id
),
made_due AS (
  INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, awaits_turn)
  SELECT m.id, m.tenant_id, m.webhook_id, m.event_id, now(), coalesce(w.delivery->>'mode' = 'batch', false)
  FROM deliveries_made m
  LEFT JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = m.webhook_id LIMIT 1) w ON true
)
SELECT EXISTS (SELECT FROM taken) AS found_work,
  (SELECT tenant_id FROM turns ORDER BY tenant_id OFFSET 19) AS last_turn,
  (SELECT string_agg(DISTINCT webhook_id::text, ',') FROM made WHERE status = 'active')
    AS webhooks_to_wake
