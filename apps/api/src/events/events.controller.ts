import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { DeliveryRepository, EventRepository } from '@schoolbell/persistence';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';
import { CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { presentDelivery } from '../deliveries/delivery-document.js';
import { Operation } from '../docs/operation.js';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { ListLane } from '../fairness/list-lane.js';
import { notFoundOrPruned } from '../http/api-error.js';
import { BATCH_BODY_LIMIT } from '../http/fastify-server.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { AcceptanceSpans } from '../measuring/acceptance-spans.js';
import { BodyVisibility } from '../settings/body-visibility.js';
import { EventAcceptor } from './event-acceptor.js';
import {
  ACCEPTANCE_EXAMPLE,
  AcceptanceDocument,
  BatchAcceptanceDocument,
  EVENT_WITH_DELIVERIES_EXAMPLE,
  EventWithDeliveriesDocument,
  LISTED_EVENT_EXAMPLE,
  ListedEventDocument,
  POSTED_EVENT_EXAMPLE,
  presentAcceptance,
  presentEvent,
  presentListedEvent,
  withoutData,
} from './event-documents.js';
import { EVENT_BATCH, EVENT_ENVELOPE } from './event-envelope.js';
import { EventQuery, toEventFilter } from './event-queries.js';

/** Events: posted by runtime services, read by customers. */
@ApiTags('Events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly acceptor: EventAcceptor,
    private readonly events: EventRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly lane: ListLane,
    private readonly eventTypes: KnownEventTypes,
    private readonly bodies: BodyVisibility,
    private readonly spans: AcceptanceSpans,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'As `idempotencyKey` in the body.',
  })
  @Operation({
    id: 'postEvent',
    summary: 'Post an event',
    description:
      'Answered once the event and all its deliveries are stored: from then on it is delivered, or found in the dead letters.',
    permission: 'events:write',
    tenant: 'optional',
    body: { schema: EVENT_ENVELOPE as never, example: POSTED_EVENT_EXAMPLE },
    answer: {
      status: 202,
      description: 'Accepted.',
      type: AcceptanceDocument,
      example: ACCEPTANCE_EXAMPLE,
    },
    errors: ['tenant_required', 'unknown_event_type', 'idempotency_conflict'],
  })
  async post(@Body() body: unknown, @Req() request: FastifyRequest): Promise<AcceptanceDocument> {
    const startedAt = Date.now();
    const acceptance = await this.acceptor.acceptOne(body, request);
    this.spans.accepted([acceptance], request, startedAt);
    return presentAcceptance(acceptance);
  }

  @Post('batch')
  @Operation({
    id: 'postEventBatch',
    summary: 'Post many events',
    description:
      'All events are stored or none: if any is at fault, `errors` names it by its index, and nothing is stored.',
    permission: 'events:write',
    tenant: 'optional',
    bodyLimit: BATCH_BODY_LIMIT,
    body: { schema: EVENT_BATCH as never, example: { events: [POSTED_EVENT_EXAMPLE] } },
    answer: {
      status: 202,
      description: 'All are accepted.',
      type: BatchAcceptanceDocument,
      example: { data: [ACCEPTANCE_EXAMPLE] },
    },
    errors: ['idempotency_conflict'],
  })
  async postBatch(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<BatchAcceptanceDocument> {
    const startedAt = Date.now();
    const accepted = await this.acceptor.acceptBatch(body, request);
    this.spans.accepted(accepted, request, startedAt);
    return { data: accepted.map(presentAcceptance) };
  }

  @Get()
  @Operation({
    id: 'listEvents',
    summary: 'List events',
    description:
      'The log to reconcile against when webhooks were missed, with the status of each event’s deliveries.',
    permission: 'events:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: ListedEventDocument,
      example: { data: [LISTED_EVENT_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @ValidQuery() query: EventQuery,
  ): Promise<Page<ListedEventDocument>> {
    const { limit, cursor, type } = query;
    const page = { before: decodeCursor(cursor), limit: limit + 1 };
    await this.eventTypes.requireEver(tenantId, 'type', type);
    const { rows, lookedTo } = await this.lane.read(tenantId, () =>
      this.events.list(tenantId, toEventFilter(query), page),
    );
    const sees = await this.bodies.isVisibleTo(principal, tenantId);
    const shown = sees ? rows : rows.map(withoutData);
    return toPage(shown, limit, presentListedEvent, lookedTo);
  }

  @Get(':id')
  @Operation({
    id: 'getEvent',
    summary: 'Get an event with its deliveries',
    permission: 'events:read',
    answer: {
      status: 200,
      description: 'The event.',
      type: EventWithDeliveriesDocument,
      example: EVENT_WITH_DELIVERIES_EXAMPLE,
    },
    errors: ['not_found'],
  })
  async get(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @IdParam('event') id: string,
  ): Promise<EventWithDeliveriesDocument> {
    const event = await this.events.find(tenantId, id);
    if (!event) throw notFoundOrPruned('event', id, this.settings.retentionDays);
    const deliveries = await this.deliveries.ofEvent(tenantId, id);
    const sees = await this.bodies.isVisibleTo(principal, tenantId);
    const shown = presentEvent(sees ? event : withoutData(event));
    return { ...shown, deliveries: deliveries.map(presentDelivery) };
  }
}
