import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { DeliveryRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { notFoundOrPruned } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import type { Page } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { BodyVisibility } from '../settings/body-visibility.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from './delivery-document.js';
import {
  DELIVERY_HISTORY_EXAMPLE,
  DeliveryHistoryDocument,
  presentHistory,
} from './delivery-history.js';
import { DeliveryLists } from './delivery-lists.js';
import { DeliveryQuery } from './delivery-filters.js';
import { ExpandQuery, toExpansion } from './expand-query.js';
import { DeliveryRetry, RETRY_ERRORS } from './delivery-retry.js';

@ApiTags('Deliveries')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(
    private readonly lists: DeliveryLists,
    private readonly deliveries: DeliveryRepository,
    private readonly retries: DeliveryRetry,
    private readonly bodies: BodyVisibility,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Operation({
    id: 'listDeliveries',
    summary: 'List deliveries',
    description: 'Includes deliveries of deleted webhooks, and tests.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: DeliveryDocument,
      example: { data: [DELIVERY_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @TenantId() tenantId: string,
    @ValidQuery() query: DeliveryQuery,
  ): Promise<Page<DeliveryDocument>> {
    return this.lists.page(tenantId, query);
  }

  @Get(':id')
  @Operation({
    id: 'getDelivery',
    summary: 'Get a delivery with its attempts',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'The delivery.',
      type: DeliveryHistoryDocument,
      example: DELIVERY_HISTORY_EXAMPLE,
    },
    errors: ['not_found', 'validation_failed'],
  })
  async get(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @IdParam('delivery') id: string,
    @ValidQuery() query: ExpandQuery,
  ): Promise<DeliveryHistoryDocument> {
    const history = await this.deliveries.history(tenantId, id, toExpansion(query));
    if (!history) throw notFoundOrPruned('delivery', id, this.settings.retentionDays);
    return presentHistory(history, await this.bodies.isVisibleTo(principal, tenantId));
  }

  @Post(':id/retry')
  @Operation({
    id: 'retryDelivery',
    summary: 'Send a delivery again, now',
    description:
      'Dead or delivered: a new cycle begins. Pending: the next attempt is made now instead of later.',
    permission: 'deliveries:write',
    body: 'none',
    answer: {
      status: 202,
      description: 'It is on its way.',
      type: DeliveryDocument,
      example: DELIVERY_EXAMPLE,
    },
    errors: RETRY_ERRORS,
  })
  async retry(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @IdParam('delivery') id: string,
  ): Promise<DeliveryDocument> {
    return this.retries.retry(tenantId, id, author);
  }
}
