SELECT d.delivery_id AS id, d.lease_id, d.webhook_id, (extract(epoch FROM d.due_at) * 1000)::float8 AS due_at
FROM due_deliveries d
WHERE d.lease_id = ANY ($1::uuid[])
