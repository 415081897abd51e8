import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantId } from '../auth/request-context.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from '../deliveries/delivery-document.js';
import { DeliveryLists } from '../deliveries/delivery-lists.js';
import { DeliveryQuery } from '../deliveries/delivery-query.js';
import { Operation } from '../docs/operation.js';
import type { Page } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';

const DEAD_LETTER_EXAMPLE = {
  ...DELIVERY_EXAMPLE,
  status: 'dead',
  attemptCount: 6,
  nextAttemptAt: null,
};

/** Deliveries that were given up. */
@ApiTags('Dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly lists: DeliveryLists) {}

  @Get()
  @Operation({
    summary: 'List dead letters',
    description: 'Send one again with `POST /v1/deliveries/{id}/retry`.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: DeliveryDocument,
      example: { data: [DEAD_LETTER_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @TenantId() tenantId: string,
    @ValidQuery() query: DeliveryQuery,
  ): Promise<Page<DeliveryDocument>> {
    return this.lists.page(tenantId, query, { deadLetters: true });
  }
}
