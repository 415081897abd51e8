import { Flag } from '../fields/flag.js';
import { SomeOf } from '../fields/list.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { CustomerSecret, WebhookUrl } from '../webhooks/webhook-fields.js';
import { EVENT_NAMES } from './event-names.js';

const URL_EXAMPLE = 'https://your-app.com/api/webhooks/scorm';

/** Common fields of registering and changing, all optional. */
class ScormApiWebhookOptions {
  @MayBeLeftOut()
  @Text({
    maxLength: 255,
    description:
      'The `scormApiTenantId` of the key’s tenant, or its own id where it has none. Any other is refused with 403.',
    example: '550e8400-e29b-41d4-a716-446655440000',
  })
  tenant_id?: string;

  @MayBeLeftOut()
  @OneOf(EVENT_NAMES, { description: 'This one, or several in `event_types`.' })
  event_type?: string;

  @MayBeLeftOut()
  @SomeOf(EVENT_NAMES, { minItems: 1, uniqueItems: true })
  event_types?: string[];

  @MayBeLeftOut()
  @Flag({ default: true, description: 'False pauses the webhook, true resumes it.' })
  is_active?: boolean;
}

/** The body of `POST /api/v1/webhooks`. */
export class RegisterScormApiWebhook extends ScormApiWebhookOptions {
  @WebhookUrl(URL_EXAMPLE)
  url!: string;

  @MayBeLeftOut()
  @CustomerSecret('Bring your own; otherwise one is generated and shown only once.')
  secret?: string;
}

/** The body of `PATCH /api/v1/webhooks/{id}`: fields left out keep their values. */
export class ChangeScormApiWebhook extends ScormApiWebhookOptions {
  @MayBeLeftOut()
  @WebhookUrl(URL_EXAMPLE)
  url?: string;
}
