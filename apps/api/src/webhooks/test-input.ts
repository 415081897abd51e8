import { TypeName } from '../event-types/type-name.js';
import { MayBeLeftOut } from '../fields/optional.js';

/** The body of `POST /v1/webhooks/{id}/test`. */
export class TestWebhook {
  @MayBeLeftOut()
  @TypeName({
    example: 'session.completed',
    description: 'Whose example is sent; the first event type of the webhook if left out.',
  })
  type?: string;
}
