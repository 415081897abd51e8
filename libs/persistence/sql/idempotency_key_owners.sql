SELECT i.index::integer, k.event_id, k.body_hash, k.deliveries
FROM unnest(string_to_array($2, $1)::uuid[], string_to_array($3, $1))
  WITH ORDINALITY AS i (tenant_id, key, index)
JOIN idempotency_keys k ON k.tenant_id = i.tenant_id AND k.key = i.key
