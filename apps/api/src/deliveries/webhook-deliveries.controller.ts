import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { WebhookRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { notFound } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import type { Page } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from './delivery-document.js';
import { DeliveryLists } from './delivery-lists.js';
import { WebhookDeliveryQuery } from './delivery-filters.js';

@ApiTags('Deliveries')
@Controller('v1/webhooks/:id/deliveries')
export class WebhookDeliveriesController {
  constructor(
    private readonly lists: DeliveryLists,
    private readonly webhooks: WebhookRepository,
  ) {}

  @Get()
  @Operation({
    id: 'listWebhookDeliveries',
    summary: 'List the deliveries of a webhook',
    description: 'For a deleted webhook, use `GET /v1/deliveries?webhookId=`.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: DeliveryDocument,
      example: { data: [DELIVERY_EXAMPLE], nextCursor: null },
    },
    errors: ['not_found', 'validation_failed', 'query_too_slow'],
  })
  async list(
    @TenantId() tenantId: string,
    @IdParam('webhook') webhookId: string,
    @ValidQuery() query: WebhookDeliveryQuery,
  ): Promise<Page<DeliveryDocument>> {
    if (!(await this.webhooks.find(tenantId, webhookId))) throw notFound('webhook');
    return this.lists.page(tenantId, query, { webhookId });
  }
}
