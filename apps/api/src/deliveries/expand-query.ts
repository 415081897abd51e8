import type { DeliveryExpansion } from '@schoolbell/persistence';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';

const EXPANSIONS = ['event'] as const;
export type Expansion = (typeof EXPANSIONS)[number];

/** `expand` in a query: the parts of a delivery that are only answered on request. */
export function Expand(): PropertyDecorator {
  return stacked(
    MayBeLeftOut(),
    OneOf(EXPANSIONS, {
      description:
        'With `event`, each delivery has a field `event`, which says whom and what it is about.',
    }),
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
