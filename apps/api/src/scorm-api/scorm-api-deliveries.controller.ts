import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantId } from '../auth/request-context.js';
import { DeliveryLists } from '../deliveries/delivery-lists.js';
import { IdParam } from '../http/id-param.js';
import { PageQuery } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import {
  presentScormApiDelivery,
  SCORM_API_DELIVERY_EXAMPLE,
  ScormApiDeliveriesDocument,
} from './delivery-document.js';
import { ScormApiOperation } from './scorm-api-operation.js';
import { ScormApiWebhooks } from './scorm-api-webhooks.js';

@ApiTags('SCORM API')
@Controller('api/customer/webhooks/:id/deliveries')
export class ScormApiDeliveriesController {
  constructor(
    private readonly webhooks: ScormApiWebhooks,
    private readonly lists: DeliveryLists,
  ) {}

  @Get()
  @ScormApiOperation({
    id: 'listScormApiDeliveries',
    summary: 'List the deliveries of a webhook of the format scorm-api',
    description:
      'The guide of the SCORM API shows only the request; the form of the answer is Schoolbell’s own. `GET /v1/deliveries/{id}` has the attempts.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      type: ScormApiDeliveriesDocument,
      example: { deliveries: [SCORM_API_DELIVERY_EXAMPLE], next_cursor: null },
    },
    errors: ['not_found', 'validation_failed', 'query_too_slow'],
  })
  async list(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @ValidQuery() query: PageQuery,
  ): Promise<ScormApiDeliveriesDocument> {
    const { id: webhookId } = await this.webhooks.require(tenantId, id);
    const { data, nextCursor } = await this.lists.page(tenantId, query, { webhookId });
    return { deliveries: data.map(presentScormApiDelivery), next_cursor: nextCursor };
  }
}
