import { Inject, Injectable } from '@nestjs/common';
import { fromTypeId } from '@schoolbell/ids';
import { type Wakes } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { DeliveryRepository } from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { ApiError, notFound, notFoundOrPruned } from '../http/api-error.js';
import { type DeliveryDocument, presentDelivery } from './delivery-document.js';
import { DeliveryRetry } from './delivery-retry.js';

/** Sends one event to one webhook, now. */
@Injectable()
export class EventDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly retries: DeliveryRetry,
    @Inject(WAKES) private readonly wakes: Wakes,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /**
   * @param eventId UUID
   * @param webhook TypeID
   * @throws ApiError with one of `RETRY_ERRORS`
   */
  async deliver(
    tenantId: string,
    eventId: string,
    webhook: string,
    author: Author,
  ): Promise<DeliveryDocument> {
    const webhookId = fromTypeId('webhook', webhook);
    if (webhookId === undefined) throw notFound('webhook');
    const outcome = await this.deliveries.deliver(tenantId, { eventId, webhookId }, author);
    switch (outcome.kind) {
      case 'made':
        this.wakes.wake([webhookId]);
        return this.shown(tenantId, outcome.deliveryId);
      case 'exists':
        return this.retries.retry(tenantId, outcome.deliveryId, author);
      case 'event_not_found':
        throw notFoundOrPruned('event', eventId, this.settings.retentionDays);
      case 'webhook_not_found':
        throw notFound('webhook');
      case 'webhook_paused':
      case 'event_erased':
        throw new ApiError(outcome.kind);
      default:
        throw new ApiError('delivery_not_retryable', REASONS[outcome.kind]);
    }
  }

  private async shown(tenantId: string, id: string): Promise<DeliveryDocument> {
    const delivery = await this.deliveries.find(tenantId, id);
    if (!delivery) throw notFound('delivery');
    return presentDelivery(delivery);
  }
}

const REASONS = {
  test: 'The event belongs to a test of one webhook, and is sent to no other webhook.',
  fanning_out: 'The event is still being fanned out to its webhooks: try again in a few seconds.',
};
