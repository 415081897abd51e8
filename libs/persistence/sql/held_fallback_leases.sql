SELECT d.delivery_id AS id, d.lease_id, d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at
FROM unnest($1::uuid[]) AS l (id)
JOIN fallbacks d ON d.lease_id = l.id
