import { MAX_URL_LENGTH } from '@schoolbell/destinations';
import { MAX_SECRET_CHARACTERS, MIN_SECRET_CHARACTERS } from '@schoolbell/signing';
import { TextCheckedLater } from '../fields/text.js';

/** The URL for a webhook's events. A later rule checks it against the installation's egress policy. */
export function WebhookUrl(example: string): PropertyDecorator {
  return TextCheckedLater({
    description: 'Where events are POSTed: https, and no private address.',
    maxLength: MAX_URL_LENGTH,
    example,
  });
}

/** A secret that the customer chose. A later rule checks it against the webhook's format. */
export function CustomerSecret(description: string): PropertyDecorator {
  return TextCheckedLater({
    minLength: MIN_SECRET_CHARACTERS,
    maxLength: MAX_SECRET_CHARACTERS,
    description,
  });
}
