import type { Sender } from '@schoolbell/delivery';
import type { BodyTemplate } from '../expressions/body-template.js';
import type { EventFilter } from '../expressions/event-filter.js';
import type { AccessTokens } from './preparing/access-tokens.js';

/** What every attempt needs, whether of a delivery, a batch or a fallback. */
export interface AttemptTools {
  filter: Pick<EventFilter, 'wants'>;
  tokens: Pick<AccessTokens, 'accessFor'>;
  template: Pick<BodyTemplate, 'bodyFor'>;
  sender: Sender;
}
