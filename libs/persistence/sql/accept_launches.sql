WITH incoming AS (
  SELECT * FROM unnest(
    string_to_array($2, $1, '')::uuid[],
    string_to_array($3, $1, '')::uuid[],
    string_to_array($4, $1, '')::text[],
    string_to_array($5, $1, '')::float8[],
    string_to_array($6, $1, '')::float8[],
    string_to_array($7, $1, '')::text[],
    string_to_array($8, $1, '')::text[],
    string_to_array($9, $1, '')::text[],
    string_to_array($10, $1, '')::text[],
    string_to_array($11, $1, '')::text[],
    string_to_array($12, $1, '')::text[],
    string_to_array($13, $1, '')::bytea[]
  ) WITH ORDINALITY AS i (
    id, tenant_id, type, occurred_ms, accepted_ms, session_id, package_id, dispatch_id, learner_id,
    payload, key, body_hash, ord
  )
),
matched AS MATERIALIZED (
  SELECT i.*, coalesce(w.ids, '{}') AS webhook_ids, w.active_ids, w.ordered_ids,
    w.batch_ids
  FROM incoming i
  JOIN tenants t ON t.id = i.tenant_id
  LEFT JOIN LATERAL (
    SELECT array_agg(w.id) AS ids,
           string_agg(w.id::text, ',') FILTER (WHERE w.status = 'active') AS active_ids,
           array_agg(w.id) FILTER (WHERE w.ordering = 'session') AS ordered_ids,
           array_agg(w.id) FILTER (WHERE w.sends_batches) AS batch_ids
    FROM (
      SELECT w.id, w.status, w.ordering, coalesce(w.delivery->>'mode' = 'batch', false) AS sends_batches
      FROM webhooks w
      WHERE (w.tenant_id = i.tenant_id) IS TRUE
        AND webhook_type_keys(w.tenant_id, w.event_types, w.deleted_at)
          && ARRAY[i.tenant_id::text || ' ' || i.type, i.tenant_id::text || ' *']
        AND webhook_scope_keys(w.tenant_id, w.package_ids, w.dispatch_ids)
          && ARRAY[i.tenant_id::text,
                   i.tenant_id::text || ' p ' || i.package_id,
                   i.tenant_id::text || ' d ' || i.dispatch_id]
      LIMIT $14::integer + 1
    ) w
  ) w ON true
),
deferred AS (
  SELECT id
  FROM (
    SELECT id, wanted, wanted > $14::integer AS is_wide, sum(
      CASE WHEN wanted > $14::integer AND NOT $16::boolean THEN 0 ELSE wanted END
    ) OVER (ORDER BY CASE WHEN $16::boolean THEN 0 ELSE ord END) AS with_those_before
    FROM (SELECT id, ord, cardinality(webhook_ids) AS wanted FROM matched) w
  ) counted
  WHERE is_wide OR with_those_before > $15::integer AND with_those_before > wanted
),
claimed_keys AS (
  INSERT INTO idempotency_keys (tenant_id, key, event_id, body_hash, deliveries)
  SELECT tenant_id, key, id, body_hash, cardinality(webhook_ids)
  FROM matched WHERE key IS NOT NULL AND id NOT IN (SELECT id FROM deferred)
  ORDER BY tenant_id, key
  ON CONFLICT DO NOTHING
  RETURNING event_id
),
accepted AS (
  SELECT * FROM matched
  WHERE id NOT IN (SELECT id FROM deferred)
    AND (key IS NULL OR id IN (SELECT event_id FROM claimed_keys))
),
events_stored AS (
  INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at,
    session_id, package_id, dispatch_id, learner_id, payload)
  SELECT id, tenant_id, type, to_timestamp(occurred_ms / 1000), to_timestamp(accepted_ms / 1000),
    session_id, package_id, dispatch_id, learner_id, payload
  FROM accepted
),
events_in_order AS MATERIALIZED (
  SELECT id, session_id, ordered_ids, ord FROM accepted
  WHERE ordered_ids IS NOT NULL AND session_id IS NOT NULL
),
places AS MATERIALIZED (
  SELECT o.id AS event_id, w.webhook_id, o.session_id, o.ord,
    row_number() OVER (PARTITION BY w.webhook_id, o.session_id ORDER BY o.ord) > 1
      OR (SELECT first.delivery_id FROM due_deliveries first
      WHERE first.webhook_id = w.webhook_id AND first.ordering_key = o.session_id
      ORDER BY first.ordering_number, first.event_id, first.delivery_id LIMIT 1) IS NOT NULL AS awaits_turn
  FROM events_in_order o
  CROSS JOIN LATERAL unnest(o.ordered_ids) AS w (webhook_id)
),
collecting AS (
  SELECT w.id FROM accepted CROSS JOIN LATERAL unnest(batch_ids) AS w (id)
),
deliveries_made AS (
  INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
  SELECT new_uuid_v7(), tenant_id, id, type, unnest(webhook_ids), now() FROM accepted
  RETURNING id, tenant_id, webhook_id, event_id
),
made_due AS (
  INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, ordering_key,
    ordering_number, awaits_turn)
  SELECT m.id, m.tenant_id, m.webhook_id, m.event_id, now(), p.session_id,
    CASE WHEN p.event_id IS NOT NULL THEN nextval('delivery_order') END,
    coalesce(p.awaits_turn, m.webhook_id IN (SELECT id FROM collecting), false)
  FROM deliveries_made m
  LEFT JOIN places p ON p.event_id = m.event_id AND p.webhook_id = m.webhook_id
  ORDER BY p.ord
),
launches_tallied AS (
  INSERT INTO launch_tallies (tenant_id, month, launches)
  SELECT tenant_id, date_trunc('month', to_timestamp(accepted_ms / 1000) AT TIME ZONE 'UTC')::date, count(*)
  FROM accepted WHERE type = 'session.launched'
  GROUP BY 1, 2
)
SELECT id, cardinality(webhook_ids),
  CASE WHEN id IN (SELECT id FROM deferred) THEN 2
       WHEN key IS NULL OR id IN (SELECT event_id FROM claimed_keys) THEN 1 ELSE 0 END,
  active_ids,
  (SELECT array_agg(p.webhook_id) FROM places p WHERE p.event_id = id AND p.awaits_turn)
FROM matched
