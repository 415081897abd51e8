import { ID_PREFIXES, type IdKind } from '@schoolbell/ids';
import { OPERATIONAL_EVENT_TYPES } from '@schoolbell/delivery';
import { columnList, materialized, sql, step, type Steps } from './statement.js';

/** Their deliveries die silently: an operational event is never about another one. */
const IS_OPERATIONAL = `d.event_type IN ('${OPERATIONAL_EVENT_TYPES.join("', '")}')`;

const LONGEST_LINE = 1000;

/**
 * `delivery.dead` of each delivery of a step that is a dead letter now.
 *
 * @param deadLetters name of a step with `delivery_id`, `attempts` and `last_error`
 */
export function deliveryDeadEvents(deadLetters: string): string {
  return sql`
    SELECT d.tenant_id, 'delivery.dead' AS type, ${payloadOf({
      deliveryId: idOf('delivery', 'd.id'),
      webhookId: idOf('webhook', 'd.webhook_id'),
      eventId: idOf('event', 'd.event_id'),
      eventType: 'd.event_type',
      attempts: 'x.attempts',
      lastError: `left(x.last_error, ${LONGEST_LINE})`,
    })} AS payload
    FROM ${deadLetters} x
    JOIN deliveries d ON d.id = x.delivery_id
    WHERE NOT ${IS_OPERATIONAL}`;
}

/**
 * `webhook.paused` of each webhook of a step that Schoolbell has paused.
 *
 * @param paused name of a step with `id`, `tenant_id`, `reason`, `failures` and `last_error`
 */
export function webhookPausedEvents(paused: string): string {
  return sql`
    SELECT p.tenant_id, 'webhook.paused' AS type, ${payloadOf({
      webhookId: idOf('webhook', 'p.id'),
      reason: 'p.reason',
      consecutiveFailures: 'p.failures',
      lastError: `left(p.last_error, ${LONGEST_LINE})`,
    })} AS payload
    FROM ${paused} p
    WHERE p.reason IS NOT NULL`;
}

/**
 * `usage.threshold` of each threshold of a step.
 *
 * @param reached name of a step with `tenant_id`, `period`, `launches`, `launch_limit` and `percent`, in their order
 */
export function usageThresholdEvents(reached: string): string {
  return sql`
    SELECT r.tenant_id, 'usage.threshold' AS type, ${payloadOf({
      period: 'r.period',
      launches: 'r.launches',
      limit: 'r.launch_limit',
      percent: 'r.percent',
    })} AS payload
    FROM ${reached} r`;
}

/**
 * Stores operational events, and that they are to be fanned out. It looks up no webhook: a tenant may have
 * thousands that listen, and the statement is to be as small as what it records.
 *
 * @param events a query for `tenant_id`, `type` and `payload`
 */
export function storeOperationalEvents(events: string): Steps {
  return {
    operational_events: materialized(sql`
      SELECT new_uuid_v7() AS id, n.*
      FROM (
        ${events}
      ) n`),
    operational_events_stored: step(sql`
      INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, payload)
      SELECT id, tenant_id, type, now(), now(), payload FROM operational_events`),
    fan_outs_begun: step(sql`
      INSERT INTO fan_outs (event_id, tenant_id, type)
      SELECT id, tenant_id, type FROM operational_events`),
  };
}

/** Whether {@link storeOperationalEvents} stored any. */
export const OPERATIONAL_EVENTS_STORED = 'EXISTS (SELECT FROM operational_events)';

/** Compact JSON, which is what goes on the wire, in this order and without what is NULL. */
function payloadOf(fields: Record<string, string>): string {
  const pairs = Object.entries(fields).map(([name, value]) => `'${name}', ${value}`);
  return sql`json_strip_nulls(json_build_object(
    ${columnList(pairs)}))::text`;
}

function idOf(kind: IdKind, column: string): string {
  return `type_id('${ID_PREFIXES[kind]}', ${column})`;
}
