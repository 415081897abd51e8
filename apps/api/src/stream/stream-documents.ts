import { ApiProperty } from '@nestjs/swagger';
import { PAUSE_REASONS, type PauseReason } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { WatchedWebhook } from '@schoolbell/persistence';
import type { ChangeCounts, Counts } from './change-counts.js';

const COUNT = { type: 'integer' } as const;

class ChangeCountsDocument implements Counts {
  @ApiProperty({ ...COUNT, description: 'New deliveries.' })
  created!: number;

  @ApiProperty(COUNT)
  delivered!: number;

  @ApiProperty({ ...COUNT, description: 'An attempt failed, and is retried.' })
  failed!: number;

  @ApiProperty(COUNT)
  dead!: number;
}

/** `summary`: the changes beyond 20 deliveries in a second. */
export class StreamSummaryDocument extends ChangeCountsDocument {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: Object.fromEntries(
        ['created', 'delivered', 'failed', 'dead'].map((name) => [name, COUNT]),
      ),
    },
    description: 'The same counts, by the id of the webhook.',
  })
  byWebhook!: Record<string, Counts>;
}

class StreamPauseDocument {
  @ApiProperty({ enum: PAUSE_REASONS })
  reason!: PauseReason;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  at!: string | null;
}

const STREAM_WEBHOOK_STATUSES = ['active', 'paused', 'deleted'] as const;

/** `webhook`: one that was registered, edited, paused, resumed or deleted. `GET /v1/webhooks/{id}` has the rest. */
export class StreamWebhookDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: STREAM_WEBHOOK_STATUSES })
  status!: (typeof STREAM_WEBHOOK_STATUSES)[number];

  @ApiProperty({ type: StreamPauseDocument, nullable: true })
  pause!: StreamPauseDocument | null;
}

export function presentSummary(
  from: Date,
  to: Date,
  { total, byWebhook }: ChangeCounts,
): StreamSummaryDocument {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...total,
    byWebhook: Object.fromEntries(
      [...byWebhook].map(([id, counts]) => [toTypeId('webhook', id), counts]),
    ),
  };
}

export function presentWatchedWebhook(webhook: WatchedWebhook): StreamWebhookDocument {
  const { id, status, pauseReason, pausedAt } = webhook;
  return {
    id: toTypeId('webhook', id),
    status,
    pause: pauseReason && { reason: pauseReason, at: pausedAt?.toISOString() ?? null },
  };
}

/** @param id UUID */
export function deletedWebhook(id: string): StreamWebhookDocument {
  return { id: toTypeId('webhook', id), status: 'deleted', pause: null };
}
