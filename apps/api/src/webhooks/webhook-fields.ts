import { MAX_URL_LENGTH } from '@schoolbell/destinations';
import { MAX_SECRET_CHARACTERS, MIN_SECRET_CHARACTERS } from '@schoolbell/signing';
import { TextCheckedLater } from '../fields/text.js';

/** Where a webhook's events go; the policy of the installation says later whether they may. */
export function WebhookUrl(example: string): PropertyDecorator {
  return TextCheckedLater({
    description: 'Where events are POSTed: https, and no private address.',
    maxLength: MAX_URL_LENGTH,
    example,
  });
}

/** A secret that a customer brings; its format says later what it must be. */
export function BroughtSecret(description: string): PropertyDecorator {
  return TextCheckedLater({
    minLength: MIN_SECRET_CHARACTERS,
    maxLength: MAX_SECRET_CHARACTERS,
    description,
  });
}
