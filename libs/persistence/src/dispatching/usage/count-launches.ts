import { USAGE_THRESHOLDS } from '@schoolbell/catalogue';
import { mailToOwners, usageThresholdMails } from '../../steps/mail-to-owners.js';
import { storeOperationalEvents, usageThresholdEvents } from '../../steps/operational-events.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/** Some 15 ms of Postgres. */
export const TALLIES_AT_ONCE = 10_000;

const PERCENTS = USAGE_THRESHOLDS.map((percent) => `(${percent})`).join(', ');

/**
 * Adds tallies to the counts of their tenants and months, and tells tenants of the thresholds that these have
 * reached. A tally of no launches causes its tenant to be checked again: see `TenantRepository.update`.
 *
 * - `reached`: by the limit of this moment, also those that the tenant knows of. A limit of 0 has no thresholds.
 * - `newly_reached`: in the order in which a month reaches them.
 */
export const COUNT_LAUNCHES = statement(
  {
    taken: step(sql`
      DELETE FROM launch_tallies
      WHERE ctid = ANY (ARRAY (SELECT ctid FROM launch_tallies LIMIT ${TALLIES_AT_ONCE}))
      RETURNING tenant_id, month, launches`),
    sums: step(sql`
      SELECT tenant_id, month, sum(launches) AS launches
      FROM taken t
      WHERE EXISTS (SELECT FROM tenants WHERE id = t.tenant_id)
      GROUP BY tenant_id, month`),
    counted: step(sql`
      INSERT INTO launch_counts AS c (tenant_id, month, launches)
      SELECT tenant_id, month, launches FROM sums
      ON CONFLICT (tenant_id, month) DO UPDATE SET launches = c.launches + excluded.launches
      RETURNING tenant_id, month, launches`),
    reached: step(sql`
      SELECT c.tenant_id, c.month, c.launches, t.monthly_launch_limit AS launch_limit, p.percent
      FROM counted c
      CROSS JOIN LATERAL (
        SELECT monthly_launch_limit FROM tenants WHERE id = c.tenant_id AND monthly_launch_limit > 0 LIMIT 1
      ) t
      CROSS JOIN (VALUES ${PERCENTS}) AS p (percent)
      WHERE c.launches * 100 >= t.monthly_launch_limit::bigint * p.percent`),
    told: step(sql`
      INSERT INTO usage_thresholds (tenant_id, month, percent)
      SELECT tenant_id, month, percent FROM reached
      ON CONFLICT (tenant_id, month, percent) DO NOTHING
      RETURNING tenant_id, month, percent`),
    newly_reached: materialized(sql`
      SELECT tenant_id, to_char(month, 'YYYY-MM') AS period, launches, launch_limit, percent
      FROM reached JOIN told USING (tenant_id, month, percent)
      ORDER BY tenant_id, month, percent`),
    mails_written: step(mailToOwners('usage.threshold', usageThresholdMails('newly_reached'))),
    ...storeOperationalEvents(usageThresholdEvents('newly_reached')),
  },
  sql`
  SELECT (SELECT count(*)::integer FROM taken) AS taken,
    (SELECT json_agg(json_build_object('tenantId', tenant_id, 'period', period, 'percent', percent))
     FROM newly_reached) AS reached`,
);

/** The one row of {@link COUNT_LAUNCHES}. */
export interface CountLaunchesRow {
  /** How many tallies were counted. */
  taken: number;
  reached: UsageThresholdReached[] | null;
}

/** A threshold that a tenant was told of. */
export interface UsageThresholdReached {
  /** UUID. */
  tenantId: string;
  /** `2026-11`, in UTC. */
  period: string;
  percent: number;
}
