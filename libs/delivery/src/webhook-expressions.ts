import type { FilterError } from './webhook.js';

/**
 * What dispatchers keep about a webhook's filter and template. Implemented by `libs/persistence`.
 */
export interface WebhookExpressions {
  /**
   * Shows on the webhook that its filter failed.
   *
   * @param version of the webhook whose filter it was: a webhook that was changed in the meantime has not failed yet
   */
  filterFailed(webhookId: string, version: number, error: FilterError): Promise<void>;
  /** The body that an earlier attempt of the delivery sent, by a template that may have changed since. */
  firstBody(deliveryId: string): Promise<string | undefined>;
}
