import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DeadLetterGrouping } from '@schoolbell/delivery';
import type { DeadLetterGroup, DeadLetterGroups } from '@schoolbell/persistence';
import {
  DELIVERY_EXAMPLE,
  DeliveryDocument,
  presentDelivery,
} from '../deliveries/delivery-document.js';

/** Dead letters with the same cause. */
class DeadLetterGroupDocument {
  @ApiPropertyOptional({ description: 'Present when grouped by webhook.' })
  webhookId?: string;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description:
      'How the last attempt failed. Present, with `responseStatus`, when grouped by error.',
  })
  errorCode?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: 'Null when no answer came.',
  })
  responseStatus?: number | null;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ format: 'date-time', description: 'When the first delivery of the group died.' })
  first!: string;

  @ApiProperty({ format: 'date-time', description: 'When the last delivery of the group died.' })
  last!: string;

  @ApiProperty({ type: DeliveryDocument, description: 'The newest delivery of the group.' })
  example!: DeliveryDocument;
}

/** The answer to `GET /v1/dead-letters/groups`. */
export class DeadLetterGroupsDocument {
  @ApiProperty({ type: [DeadLetterGroupDocument], description: 'The largest first; at most 100.' })
  data!: DeadLetterGroupDocument[];

  @ApiProperty({
    description:
      'False if only the newest 10,000 dead letters were counted, or if there may be more groups: narrow the filters for exact counts.',
  })
  complete!: boolean;
}

const DEAD = { ...DELIVERY_EXAMPLE, status: 'dead' as const, attemptCount: 6, nextAttemptAt: null };

export const GROUPS_EXAMPLE: DeadLetterGroupsDocument = {
  data: [
    {
      webhookId: DEAD.webhookId,
      errorCode: 'http_status',
      responseStatus: 503,
      count: 1_204,
      first: '2026-11-21T09:12:00.520Z',
      last: '2026-11-22T14:32:00.520Z',
      example: DEAD,
    },
  ],
  complete: true,
};

export function presentGroups(
  { groups, isComplete }: DeadLetterGroups,
  by: readonly DeadLetterGrouping[],
): DeadLetterGroupsDocument {
  return { data: groups.map((group) => presentGroup(group, by)), complete: isComplete };
}

function presentGroup(
  { count, first, last, example }: DeadLetterGroup,
  by: readonly DeadLetterGrouping[],
): DeadLetterGroupDocument {
  const shown = presentDelivery(example);
  const { errorCode = null, responseStatus = null } = shown.lastAttempt ?? {};
  return {
    ...(by.includes('webhook') && { webhookId: shown.webhookId }),
    ...(by.includes('error') && { errorCode, responseStatus }),
    count,
    first: first.toISOString(),
    last: last.toISOString(),
    example: shown,
  };
}
