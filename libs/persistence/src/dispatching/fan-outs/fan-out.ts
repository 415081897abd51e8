import { fanOut, wantsOperational } from '../../steps/fan-out.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/** Tenants that one statement serves; the next one goes on from there. */
const TENANTS_AT_ONCE = 20;
/** Events of a tenant that one statement takes, even if no webhook wants them: each costs a look into an index. */
const EVENTS_AT_ONCE = 100;

/** The deliveries that one statement makes for each tenant, and one more webhook that says where to go on. */
const SHARE = '(SELECT deliveries FROM share)';
const SHARE_AND_NEXT = '(SELECT deliveries + 1 FROM share)';

/**
 * Makes deliveries of operational events, for their webhooks in the order of their ids. Tenants get equal shares, and
 * the oldest event of a tenant goes first. Several dispatchers take turns by the locks on `fan_outs`.
 *
 * - `found`: nothing more is read once a tenant has its share. The order of the events is that of the nested
 *   loop over `taken`, which is the only way to run a `LATERAL` with a `LIMIT`.
 * - `cut`: the webhook with which its event goes on, at most one for each tenant.
 * - `complete`: events before the cut, also those that no webhook wants.
 *
 * The plan does not depend on the statistics of `fan_outs`, which may be empty or full when they are taken: its
 * rows are changed by lists of their ids, and the range of one tenant is in order in one index only.
 *
 * An event that was pruned in the meantime still gets its deliveries: they are dead when they are claimed.
 *
 * `$1` the tenant after whom to begin, `$2` deliveries at most
 */
export const FAN_OUT = statement(
  {
    hop: step(sql`
      (SELECT f.tenant_id FROM fan_outs f WHERE f.tenant_id > $1::uuid ORDER BY f.tenant_id LIMIT 1)
      UNION ALL
      SELECT next.tenant_id
      FROM hop
      CROSS JOIN LATERAL (
        SELECT f.tenant_id FROM fan_outs f WHERE f.tenant_id > hop.tenant_id ORDER BY f.tenant_id LIMIT 1
      ) next`),
    turns: materialized(sql`SELECT tenant_id FROM hop LIMIT ${TENANTS_AT_ONCE}`),
    share: materialized(sql`
      SELECT greatest($2::bigint / nullif(count(*), 0), 1) AS deliveries FROM turns`),
    taken: materialized(sql`
      SELECT f.*
      FROM turns t
      CROSS JOIN LATERAL (
        SELECT f.event_id, f.tenant_id, f.type, f.next_webhook_id
        FROM fan_outs f
        WHERE f.tenant_id BETWEEN t.tenant_id AND t.tenant_id
        ORDER BY f.tenant_id, f.event_id LIMIT least(${SHARE}, ${EVENTS_AT_ONCE})
        FOR UPDATE SKIP LOCKED
      ) f`),
    found: materialized(sql`
      SELECT f.*
      FROM turns t
      CROSS JOIN LATERAL (
        SELECT e.event_id, e.tenant_id, e.type, w.id AS webhook_id, w.status, row_number() OVER () AS place
        FROM (SELECT * FROM taken x WHERE x.tenant_id = t.tenant_id ORDER BY x.event_id) e
        CROSS JOIN LATERAL (
          SELECT listening.* FROM (
            -- Apart from the order, or the planner would read all webhooks in the order of their ids.
            SELECT w.id, w.status FROM webhooks w
            WHERE ${wantsOperational('e')}
              AND (w.id >= e.next_webhook_id) IS TRUE
            OFFSET 0
          ) listening
          ORDER BY listening.id LIMIT ${SHARE_AND_NEXT}
        ) w
        LIMIT ${SHARE_AND_NEXT}
      ) f`),
    made: materialized(sql`SELECT * FROM found WHERE place <= ${SHARE}`),
    cut: materialized(
      sql`SELECT event_id, tenant_id, webhook_id FROM found WHERE place > ${SHARE}`,
    ),
    complete: step(sql`
      SELECT t.event_id FROM taken t
      WHERE NOT EXISTS (
        SELECT FROM cut c WHERE c.tenant_id = t.tenant_id AND c.event_id <= t.event_id)`),
    fan_outs_ended: step(sql`
      DELETE FROM fan_outs f WHERE f.event_id = ANY (ARRAY (SELECT event_id FROM complete))`),
    fan_outs_moved: step(sql`
      UPDATE fan_outs f
      SET next_webhook_id = (SELECT c.webhook_id FROM cut c WHERE c.event_id = f.event_id)
      WHERE f.event_id = ANY (ARRAY (SELECT event_id FROM cut))`),
    reached: step(sql`
      SELECT event_id AS id, tenant_id, type, array_agg(webhook_id) AS webhook_ids
      FROM made GROUP BY event_id, tenant_id, type`),
    ...fanOut('reached'),
  },
  sql`
  SELECT EXISTS (SELECT FROM taken) AS found_work,
    (SELECT tenant_id FROM turns ORDER BY tenant_id OFFSET ${TENANTS_AT_ONCE - 1}) AS last_turn,
    (SELECT string_agg(DISTINCT webhook_id::text, ',') FROM made WHERE status = 'active')
      AS webhooks_to_wake`,
  { recursive: true },
);

/** The one row of {@link FAN_OUT}. */
export interface FanOutRow {
  found_work: boolean;
  /** Null when it was also the last tenant of all: the next statement begins with the first. */
  last_turn: string | null;
  /** The active webhooks that got a delivery, joined by commas; null for none. */
  webhooks_to_wake: string | null;
}
