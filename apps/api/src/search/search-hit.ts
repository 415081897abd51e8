import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const SEARCH_KINDS = [
  'event',
  'delivery',
  'attempt',
  'webhook',
  'batch',
  'operation',
  'session',
  'package',
  'dispatch',
  'learner',
  'event_rejection',
] as const;
type SearchKind = (typeof SEARCH_KINDS)[number];

const OF_SUBJECTS = 'Of a session, package, dispatch or learner:';

/** A hit, with the few facts by which a person can choose; facts that its kind does not have are left out. */
export class SearchHitDocument {
  @ApiProperty({
    enum: SEARCH_KINDS,
    description: '`event_rejection`: a post with this id that was refused.',
  })
  kind!: SearchKind;

  @ApiProperty({ description: 'Of a session, package, dispatch or learner: the runtime’s own.' })
  id!: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: `When it was accepted, created or refused. ${OF_SUBJECTS} when its last event was accepted; null where that is long ago.`,
  })
  at?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: `The type of the event. ${OF_SUBJECTS} that of its last event.`,
  })
  type?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    description:
      'Of a delivery, webhook (also `deleted`), batch or operation. Of an attempt, its `outcome`.',
  })
  status?: string;

  @ApiPropertyOptional({ description: 'Of a webhook.' })
  description?: string;

  @ApiPropertyOptional({ description: 'Of a webhook.' })
  url?: string;

  @ApiPropertyOptional({ description: 'Of a delivery.' })
  eventId?: string;

  @ApiPropertyOptional({ description: 'Of an attempt at a delivery alone.' })
  deliveryId?: string;

  @ApiPropertyOptional({ description: 'Of an attempt at a batch.' })
  batchId?: string;

  @ApiPropertyOptional({ description: 'Of a delivery, attempt or batch.' })
  webhookId?: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'Of an event.' })
  sessionId?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'Of an event.' })
  packageId?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'Of an event.' })
  dispatchId?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, description: 'Of an event.' })
  learnerId?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Of an event: how many deliveries are in which state, of up to 100.',
    example: { pending: 0, held: 0, delivered: 2, dead: 1, discarded: 0 },
  })
  deliveryCounts?: Record<string, number>;

  @ApiPropertyOptional({
    type: 'integer',
    description: `${OF_SUBJECTS} how many events are about it, up to 100.`,
  })
  events?: number;

  @ApiPropertyOptional({ description: `${OF_SUBJECTS} true when there are more than \`events\`.` })
  moreEvents?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description:
      'Of a delivery or an attempt: the last answer. Of a refused post: the answer of this API.',
  })
  responseStatus?: number | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Of a delivery or an attempt that failed. Of a refused post, its `code`.',
  })
  errorCode?: string | null;

  @ApiPropertyOptional({ description: 'Of a refused post: the `detail` of the answer.' })
  detail?: string;

  @ApiPropertyOptional({ description: 'Of an operation: `retry`, `discard` or `replay`.' })
  operation?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of an operation.' })
  total?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of an operation.' })
  done?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of an operation.' })
  failed?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a batch: its deliveries.' })
  size?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of an attempt.' })
  number?: number;
}

export class SearchDocument {
  @ApiProperty({
    type: [SearchHitDocument],
    description: 'Grouped by kind, the best first; empty if nothing was found.',
  })
  data!: SearchHitDocument[];
}

export const SEARCH_EXAMPLE: SearchDocument = {
  data: [
    {
      kind: 'session',
      id: 'sess_abc123',
      at: '2026-11-22T14:32:00.412Z',
      type: 'session.completed',
      events: 3,
      moreEvents: false,
    },
  ],
};
