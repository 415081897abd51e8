import { ATTEMPT_ERROR_CODES, type DeadLetterSelection } from '@schoolbell/delivery';
import { fromTypeId } from '@schoolbell/ids';
import { TypeName } from '../event-types/type-name.js';
import { OwnId } from '../fields/ids.js';
import { Texts } from '../fields/list.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Time } from '../fields/time.js';
import { Whole } from '../fields/whole.js';

/** Stands for ids that cannot exist; no delivery has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The body of a bulk retry or discard. All conditions hold together; none at all means every dead letter. */
export class SelectDeadLetters {
  @MayBeLeftOut()
  @Texts({
    items: { minLength: 1, maxLength: 64 },
    minItems: 1,
    maxItems: 1_000,
    uniqueItems: true,
    description: 'Ids of deliveries. A delivery that is not a dead letter counts as failed.',
    example: ['dlv_01jdbfz1x3e1ktm4v2n0c8q7ah'],
  })
  ids?: string[];

  @MayBeLeftOut()
  @OwnId({ description: 'Only those to this webhook.' })
  webhookId?: string;

  @MayBeLeftOut()
  @TypeName({ description: 'The type of the event.' })
  type?: string;

  @MayBeLeftOut()
  @Whole({
    minimum: 100,
    maximum: 599,
    description: 'The status of the answer to the last attempt.',
  })
  responseStatus?: number;

  @MayBeLeftOut()
  @OneOf(ATTEMPT_ERROR_CODES, { description: 'How the last attempt failed.' })
  errorCode?: string;

  @Time('Created at this time or later.')
  from?: Date;

  @Time('Created before this time.')
  to?: Date;
}

/** The body as the repository takes it. An id that cannot exist is one that is not there. */
export function toSelection(body: SelectDeadLetters): DeadLetterSelection {
  const { ids, webhookId, type: eventType, responseStatus, errorCode, from, to } = body;
  return {
    eventType,
    responseStatus,
    errorCode,
    from,
    to,
    webhookId: webhookId && (fromTypeId('webhook', webhookId) ?? NOBODY),
    deliveryIds: ids?.map((id) => fromTypeId('delivery', id) ?? NOBODY),
  };
}
