/**
 * The webhooks that want an event, as one row: `ids`, NULL for none, and those of active ones as `active_ids`,
 * separated by commas. Found by the keys of `webhooks_listening_idx`. `IS TRUE` keeps the planner from
 * reading the tenant's webhooks one by one, which it would choose while the table's statistics are older than
 * its rows.
 *
 * @param event alias of a row with `tenant_id`, `type`, `package_id` and `dispatch_id`
 */
export function webhooksThatWant(event: string): string {
  return `
    SELECT array_agg(w.id) AS ids,
           string_agg(w.id::text, ',') FILTER (WHERE w.status = 'active') AS active_ids
    FROM webhooks w
    WHERE (w.tenant_id = ${event}.tenant_id) IS TRUE
      AND webhook_type_keys(w.tenant_id, w.event_types, w.deleted_at)
        && ARRAY[${event}.tenant_id::text || ' ' || ${event}.type, ${event}.tenant_id::text || ' *']
      AND webhook_scope_keys(w.tenant_id, w.package_ids, w.dispatch_ids)
        && ARRAY[${event}.tenant_id::text,
                 ${event}.tenant_id::text || ' p ' || ${event}.package_id,
                 ${event}.tenant_id::text || ' d ' || ${event}.dispatch_id]`;
}

/**
 * The steps of a statement that make deliveries of events, due now.
 *
 * @param events name of a step with `id`, `tenant_id`, `type` and `webhook_ids`
 */
export function fanOut(events: string): string {
  return `
fanned_out AS (
  INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
  SELECT new_uuid_v7(), tenant_id, id, type, unnest(webhook_ids), now() FROM ${events}
  RETURNING id, tenant_id, webhook_id, event_id
),
made_due AS (
  INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
  SELECT id, tenant_id, webhook_id, event_id, now() FROM fanned_out
)`;
}
