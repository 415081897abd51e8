import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { WEBHOOK_HEALTHS, type WebhookHealth } from '@schoolbell/delivery';
import type { TenantStats } from '@schoolbell/persistence';
import {
  ATTEMPTS_EXAMPLE,
  AttemptStatsDocument,
  COUNTED_UNTIL,
  HourDocument,
  presentAttempts,
} from '../webhook-stats/stats-document.js';
import type { StatsWindow } from '../webhook-stats/stats-query.js';

class TenantHourDocument extends HourDocument {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'Deliveries that were waiting at the last count of the hour or, for the present hour, wait now; null if there was no count.',
  })
  backlog!: number | null;
}

class WebhookHealthDocument {
  @ApiProperty()
  webhookId!: string;

  @ApiProperty({ enum: WEBHOOK_HEALTHS })
  health!: WebhookHealth;
}

/** The answer to `GET /v1/stats`. */
export class TenantStatsDocument extends AttemptStatsDocument {
  @ApiProperty()
  window!: string;

  @ApiProperty({ format: 'date-time', description: 'A full hour, at or before the window.' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty({ format: 'date-time', description: COUNTED_UNTIL })
  countedUntil!: string;

  @ApiProperty({
    type: 'integer',
    description:
      'Deliveries that wait at this moment: exact up to 10,000, above that as counted within the last five minutes.',
  })
  backlog!: number;

  @ApiProperty({
    type: [TenantHourDocument],
    description: 'Every hour from `from` on, oldest first; the last hour is not over yet.',
  })
  series!: TenantHourDocument[];

  @ApiProperty({
    type: [WebhookHealthDocument],
    description: 'Newest first; the 500 newest. `GET /v1/webhooks` has the `health` of all.',
  })
  webhooks!: WebhookHealthDocument[];
}

export const TENANT_STATS_EXAMPLE: TenantStatsDocument = {
  window: '1h',
  from: '2026-11-22T13:00:00.000Z',
  to: '2026-11-22T14:00:00.000Z',
  countedUntil: '2026-11-22T14:00:00.000Z',
  ...ATTEMPTS_EXAMPLE,
  backlog: 12,
  series: [{ at: '2026-11-22T13:00:00.000Z', ...ATTEMPTS_EXAMPLE, backlog: 40 }],
  webhooks: [{ webhookId: 'wh_01kqwz1gjrfsz9h3d0h4v5k6m7', health: 'ok' }],
};

export function presentTenantStats(window: StatsWindow, stats: TenantStats): TenantStatsDocument {
  return {
    window,
    from: stats.from.toISOString(),
    to: stats.to.toISOString(),
    countedUntil: stats.countedUntil.toISOString(),
    ...presentAttempts(stats),
    backlog: stats.waiting,
    series: stats.hours.map((hour) => ({
      at: hour.at.toISOString(),
      ...presentAttempts(hour),
      backlog: hour.waiting,
    })),
    webhooks: stats.webhooks.map(({ id, health }) => ({
      webhookId: toTypeId('webhook', id),
      health,
    })),
  };
}
