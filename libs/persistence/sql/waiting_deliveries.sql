SELECT CASE
    WHEN c.under_way THEN 'in_flight'
    WHEN w.status = 'paused' THEN 'held'
    WHEN c.awaits_turn THEN 'behind_others'
    WHEN c.is_due THEN 'due'
    ELSE 'planned'
  END AS state, sum(c.deliveries)::float8 AS deliveries
FROM (
  SELECT d.webhook_id, d.awaits_turn, coalesce(d.leased_until >= now(), false) AS under_way, d.due_at <= now() + interval '500 microseconds' AS is_due, count(*) AS deliveries
  FROM (SELECT * FROM due_deliveries WHERE NOT test LIMIT $1) d
  GROUP BY 1, 2, 3, 4
) c
LEFT JOIN webhooks w ON w.id = c.webhook_id
GROUP BY 1
