import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';

const CHOICES = ['send', 'discard'] as const;

/** The body of `POST /v1/webhooks/{id}/resume`. */
export class ResumeWebhook {
  @MayBeLeftOut()
  @OneOf(CHOICES, {
    default: 'send',
    description: 'What becomes of the deliveries that were held.',
  })
  heldDeliveries: (typeof CHOICES)[number] = 'send';
}
