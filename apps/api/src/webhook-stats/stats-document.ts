import { ApiProperty } from '@nestjs/swagger';
import type { AttemptStats, WebhookStats } from '@schoolbell/persistence';
import type { StatsWindow } from './stats-query.js';

class OutcomesDocument {
  @ApiProperty({ type: 'integer' })
  delivered!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Cut off on Schoolbell’s side, and made again.' })
  interrupted!: number;
}

class ResponseTimesDocument {
  @ApiProperty({ type: 'integer' })
  p50!: number;

  @ApiProperty({ type: 'integer' })
  p95!: number;

  @ApiProperty({ type: 'integer' })
  p99!: number;
}

/** Statistics of the attempts in a period. */
export class AttemptStatsDocument {
  @ApiProperty({ type: OutcomesDocument, description: 'How many attempts had which outcome.' })
  outcomes!: OutcomesDocument;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description:
      'Delivered attempts as a share of delivered and failed ones, 0 to 1; null if there were none.',
  })
  successRate!: number | null;

  @ApiProperty({
    type: ResponseTimesDocument,
    nullable: true,
    description:
      'Milliseconds from connecting to the last byte, of attempts that were answered; accurate to 5 %.',
  })
  responseTimeMs!: ResponseTimesDocument | null;
}

export class HourDocument extends AttemptStatsDocument {
  @ApiProperty({ format: 'date-time', description: 'When the hour begins.' })
  at!: string;
}

export const COUNTED_UNTIL =
  'Attempts that ended after this time are not counted yet: a minute or two of them under heavy load, otherwise none.';

/** The answer to `GET /v1/webhooks/{id}/stats`. */
export class StatsDocument extends AttemptStatsDocument {
  @ApiProperty()
  webhookId!: string;

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
      'Deliveries that wait for it now, also those that are held while it is paused. Counted up to 10,000; 10,001 means more.',
  })
  backlog!: number;

  @ApiProperty({
    type: [HourDocument],
    description: 'Every hour from `from` on, oldest first; the last hour is not over yet.',
  })
  series!: HourDocument[];
}

export const ATTEMPTS_EXAMPLE: AttemptStatsDocument = {
  outcomes: { delivered: 1204, failed: 16, interrupted: 0 },
  successRate: 0.9869,
  responseTimeMs: { p50: 92, p95: 310, p99: 895 },
};

export const STATS_EXAMPLE: StatsDocument = {
  webhookId: 'wh_01kqwz1gjrfsz9h3d0h4v5k6m7',
  window: '1h',
  from: '2026-11-22T13:00:00.000Z',
  to: '2026-11-22T14:00:00.000Z',
  countedUntil: '2026-11-22T14:00:00.000Z',
  ...ATTEMPTS_EXAMPLE,
  backlog: 3,
  series: [{ at: '2026-11-22T13:00:00.000Z', ...ATTEMPTS_EXAMPLE }],
};

export function presentStats(
  webhookId: string,
  window: StatsWindow,
  stats: WebhookStats,
): StatsDocument {
  return {
    webhookId,
    window,
    from: stats.from.toISOString(),
    to: stats.to.toISOString(),
    countedUntil: stats.countedUntil.toISOString(),
    ...presentAttempts(stats),
    backlog: stats.waiting,
    series: stats.hours.map((hour) => ({ at: hour.at.toISOString(), ...presentAttempts(hour) })),
  };
}

export function presentAttempts(stats: AttemptStats): AttemptStatsDocument {
  const { delivered, failed, interrupted, successRate, responseTimeMs } = stats;
  return { outcomes: { delivered, failed, interrupted }, successRate, responseTimeMs };
}
