import { Inject, Injectable } from '@nestjs/common';
import type { Wakes } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { DeliveryRepository } from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { ApiError, notFound } from '../http/api-error.js';
import type { ErrorCode } from '../http/error-codes.js';
import { type DeliveryDocument, presentDelivery } from './delivery-document.js';

/** Why a delivery cannot be sent by hand. */
export const RETRY_ERRORS = [
  'not_found',
  'webhook_paused',
  'event_pruned',
  'event_erased',
  'delivery_not_retryable',
] as const satisfies readonly ErrorCode[];

/** Retries a delivery by hand. */
@Injectable()
export class DeliveryRetry {
  constructor(
    private readonly deliveries: DeliveryRepository,
    @Inject(WAKES) private readonly wakes: Wakes,
  ) {}

  /** @throws ApiError with one of `RETRY_ERRORS` */
  async retry(tenantId: string, id: string, author: Author): Promise<DeliveryDocument> {
    const outcome = await this.deliveries.retry(tenantId, id, author);
    switch (outcome.kind) {
      case 'retried':
        this.wakes.wake([outcome.webhookId]);
        break;
      case 'not_found':
        throw notFound('delivery');
      case 'webhook_paused':
      case 'event_pruned':
      case 'event_erased':
        throw new ApiError(outcome.kind);
      default:
        throw new ApiError('delivery_not_retryable', REASONS[outcome.kind]);
    }
    const delivery = await this.deliveries.find(tenantId, id);
    if (!delivery) throw notFound('delivery');
    return presentDelivery(delivery);
  }
}

const REASONS = {
  discarded: 'It was discarded: post the event again to send it.',
  webhook_deleted: 'Its webhook was deleted.',
  test: 'A test is sent once: test the webhook again.',
};
