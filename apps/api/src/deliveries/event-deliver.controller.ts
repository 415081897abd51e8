import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { IdParam } from '../http/id-param.js';
import { ValidBody } from '../http/valid.js';
import { DeliverEvent } from './deliver-event.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from './delivery-document.js';
import { RETRY_ERRORS } from './delivery-retry.js';
import { EventDelivery } from './event-delivery.js';

@ApiTags('Events')
@Controller('v1/events/:id/deliver')
export class EventDeliverController {
  constructor(private readonly delivery: EventDelivery) {}

  @Post()
  @Operation({
    id: 'deliverEvent',
    summary: 'Send an event to one webhook, now',
    description:
      'Also sends it to a webhook that did not want it: its `events` and `scopes` are ignored, its filter and format still decide. If the webhook already has a delivery of the event that was not discarded, that delivery is retried.',
    permission: 'deliveries:write',
    body: { type: DeliverEvent, example: { webhookId: DELIVERY_EXAMPLE.webhookId } },
    answer: {
      status: 202,
      description: 'It is on its way.',
      type: DeliveryDocument,
      example: { ...DELIVERY_EXAMPLE, attemptCount: 0, lastAttempt: null },
    },
    errors: RETRY_ERRORS,
  })
  async deliver(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @IdParam('event') id: string,
    @ValidBody() { webhookId }: DeliverEvent,
  ): Promise<DeliveryDocument> {
    return this.delivery.deliver(tenantId, id, webhookId, author);
  }
}
