import { WEBHOOK_LIMITS } from '@schoolbell/delivery';
import { Texts } from '../fields/list.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { CustomerSecret, WebhookUrl } from './webhook-fields.js';
import { WebhookOptions } from './webhook-options.js';

const URL_EXAMPLE = 'https://example.com/webhooks/schoolbell';

const EventList = (): PropertyDecorator =>
  Texts({
    items: {},
    description:
      'Event types of `GET /v1/event-types`, or `*` for all of them that the format carries.',
    minItems: 1,
    maxItems: WEBHOOK_LIMITS.eventTypes,
    uniqueItems: true,
    example: ['session.completed', 'session.scored'],
  });

/** The body of `POST /v1/webhooks`. */
export class CreateWebhook extends WebhookOptions {
  @WebhookUrl(URL_EXAMPLE)
  url!: string;

  @EventList()
  events!: string[];

  @MayBeLeftOut()
  @CustomerSecret('Bring your own; otherwise one is generated.')
  secret?: string;
}

/** The body of `PATCH /v1/webhooks/{id}`: fields left out keep their values. */
export class ChangeWebhook extends WebhookOptions {
  @MayBeLeftOut()
  @WebhookUrl(URL_EXAMPLE)
  url?: string;

  @MayBeLeftOut()
  @EventList()
  events?: string[];
}
