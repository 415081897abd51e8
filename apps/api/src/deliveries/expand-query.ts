import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import type { DeliveryExpansion } from '@schoolbell/persistence';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

const EXPANSIONS = ['event'] as const;
export type Expansion = (typeof EXPANSIONS)[number];

/** `expand` in a query: what of a delivery is answered only to those who ask for it. */
export function Expand(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      enum: EXPANSIONS,
      description:
        'With `event`, each delivery has a field `event`, which says whom and what it is about.',
    }),
    MayBeLeftOut(),
    IsIn(EXPANSIONS, { message: `must be one of: ${EXPANSIONS.join(', ')}` }),
  );
}

/** The query of one delivery. */
export class ExpandQuery {
  @Expand()
  expand?: Expansion;
}

export function toExpansion({ expand }: ExpandQuery): DeliveryExpansion {
  return { event: expand === 'event' };
}
