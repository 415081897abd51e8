import { firstOfSession, sendsBatches, webhookOf } from './predicates.js';
import { materialized, sql, step, type Steps } from './statement.js';

/**
 * The webhooks that want an event, as one row: `ids`, NULL for none, those of active ones as `active_ids`,
 * separated by commas, those that want order as `ordered_ids`, and those that send batches as `batch_ids`.
 *
 * @param event alias of a row with `tenant_id`, `type`, `package_id` and `dispatch_id`
 * @param most SQL for how many to find at most, in no order; NULL for all
 */
export function webhooksThatWant(event: string, most: string): string {
  return sql`
    SELECT array_agg(w.id) AS ids,
           string_agg(w.id::text, ',') FILTER (WHERE w.status = 'active') AS active_ids,
           array_agg(w.id) FILTER (WHERE w.ordering = 'session') AS ordered_ids,
           array_agg(w.id) FILTER (WHERE w.sends_batches) AS batch_ids
    FROM (
      SELECT w.id, w.status, w.ordering, ${sendsBatches('w')} AS sends_batches
      FROM webhooks w
      WHERE ${listensTo(event)}
        AND ${inScope(event)}
      LIMIT ${most}
    ) w`;
}

/**
 * The webhook `w` wants the operational event, which is about the tenant and not about a package: scopes leave
 * out no webhook that lists its type by its name, and all with scopes that list everything.
 *
 * @param event alias of a row with `tenant_id` and `type`
 */
export function wantsOperational(event: string): string {
  return sql`
    ${listensTo(event)}
      AND (${event}.type = ANY (w.event_types)
        OR webhook_scope_keys(w.tenant_id, w.package_ids, w.dispatch_ids) && ARRAY[${event}.tenant_id::text])`;
}

/**
 * Found by the keys of `webhooks_listening_idx`. `IS TRUE` keeps the planner from reading the tenant's webhooks
 * one by one, which it would choose while the table's statistics are older than its rows.
 */
function listensTo(event: string): string {
  return sql`(w.tenant_id = ${event}.tenant_id) IS TRUE
  AND webhook_type_keys(w.tenant_id, w.event_types, w.deleted_at)
    && ARRAY[${event}.tenant_id::text || ' ' || ${event}.type, ${event}.tenant_id::text || ' *']`;
}

function inScope(event: string): string {
  return sql`webhook_scope_keys(w.tenant_id, w.package_ids, w.dispatch_ids)
  && ARRAY[${event}.tenant_id::text,
           ${event}.tenant_id::text || ' p ' || ${event}.package_id,
           ${event}.tenant_id::text || ' d ' || ${event}.dispatch_id]`;
}

/**
 * Makes deliveries of events, due now; for webhooks that send batches, collected from now on.
 *
 * @param events name of a step with `id`, `tenant_id`, `type` and `webhook_ids`
 */
export function fanOut(events: string): Steps {
  return {
    deliveries_made: step(insertDeliveries(events)),
    made_due: step(sql`
      INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, awaits_turn)
      SELECT m.id, m.tenant_id, m.webhook_id, m.event_id, now(), ${sendsBatches('w')}
      FROM deliveries_made m
      LEFT JOIN ${webhookOf('m.webhook_id')} ON true`),
  };
}

/**
 * As {@link fanOut}; for webhooks that want order, deliveries of a session are numbered as their events came, and
 * all but the first await their turn. See `promote.ts`.
 *
 * @param events name of a step that also has `session_id`, `ordered_ids`, `batch_ids` and `ord`
 */
export function fanOutInOrder(events: string): Steps {
  return {
    // Few, mostly none.
    events_in_order: materialized(sql`
      SELECT id, session_id, ordered_ids, ord FROM ${events}
      WHERE ordered_ids IS NOT NULL AND session_id IS NOT NULL`),
    places: materialized(sql`
      SELECT o.id AS event_id, w.webhook_id, o.session_id, o.ord,
        row_number() OVER (PARTITION BY w.webhook_id, o.session_id ORDER BY o.ord) > 1
          OR (${firstOfSession('w.webhook_id', 'o.session_id')}) IS NOT NULL AS awaits_turn
      FROM events_in_order o
      CROSS JOIN LATERAL unnest(o.ordered_ids) AS w (webhook_id)`),
    collecting: step(sql`
      SELECT w.id FROM ${events} CROSS JOIN LATERAL unnest(batch_ids) AS w (id)`),
    deliveries_made: step(insertDeliveries(events)),
    made_due: step(sql`
      INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, ordering_key,
        ordering_number, awaits_turn)
      SELECT m.id, m.tenant_id, m.webhook_id, m.event_id, now(), p.session_id,
        CASE WHEN p.event_id IS NOT NULL THEN nextval('delivery_order') END,
        coalesce(p.awaits_turn, m.webhook_id IN (SELECT id FROM collecting), false)
      FROM deliveries_made m
      LEFT JOIN places p ON p.event_id = m.event_id AND p.webhook_id = m.webhook_id
      ORDER BY p.ord`),
  };
}

function insertDeliveries(events: string): string {
  return sql`
    INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
    SELECT new_uuid_v7(), tenant_id, id, type, unnest(webhook_ids), now() FROM ${events}
    RETURNING id, tenant_id, webhook_id, event_id`;
}
