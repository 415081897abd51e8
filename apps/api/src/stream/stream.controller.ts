import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';
import { CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from '../deliveries/delivery-document.js';
import { Operation } from '../docs/operation.js';
import { ValidQuery } from '../http/valid.js';
import { OperationDocument } from '../operations/operation-document.js';
import { DeliveryStreams } from './delivery-streams.js';
import { StreamSummaryDocument, StreamWebhookDocument } from './stream-documents.js';
import { StreamQuery } from './stream-query.js';

/** Changes of deliveries, as they happen. */
@ApiTags('Deliveries')
@Controller('v1/stream')
export class StreamController {
  constructor(private readonly streams: DeliveryStreams) {}

  @Get('deliveries')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'The last `id:` that you received before a stream broke off: the new stream goes on from there, at any API process.',
  })
  @Operation({
    id: 'streamDeliveries',
    summary: 'Watch deliveries as they change',
    description:
      'Server-sent events, with the filters of the list. `delivery`: a delivery as the list shows it now, at most 20 a second. `summary`: what else changed, once a second. `webhook`: a webhook was registered, edited, paused, resumed or deleted. `operation`: how far an operation is. `reset`: the cursor is older than 60 s, or too much happened: ask the list again. A delivery may come twice.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'A stream that does not end. The schema is that of `data:`.',
      streamOf: [DeliveryDocument, StreamSummaryDocument, StreamWebhookDocument, OperationDocument],
      example: DELIVERY_EXAMPLE,
    },
    errors: ['validation_failed', 'too_many_streams'],
  })
  async stream(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @ValidQuery() query: StreamQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = await this.streams.open(principal, tenantId, query, request);
    await reply
      .headers({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        // Otherwise nginx would hold messages back.
        'X-Accel-Buffering': 'no',
      })
      .send(stream);
  }
}
