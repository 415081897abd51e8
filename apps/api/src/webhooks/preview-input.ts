import { TypeName } from '../event-types/type-name.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { CustomerSecret } from './webhook-fields.js';
import { ChangeWebhook } from './webhook-input.js';

/** The body of `POST /v1/webhooks/preview`: a webhook's settings, all of them optional. */
export class PreviewWebhook extends ChangeWebhook {
  @MayBeLeftOut()
  @TypeName({
    example: 'session.completed',
    description: 'The event type whose example is shown; the first of `events` if left out.',
  })
  type?: string;

  @MayBeLeftOut()
  @CustomerSecret('The secret to sign with; without it, one is made up.')
  secret?: string;
}
