import { Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { EventTypeRepository } from '@schoolbell/persistence';
import { CurrentAuthor, OptionalTenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import {
  catalogueDocument,
  catalogueDocuments,
  EVENT_TYPE_EXAMPLE,
  EventTypeDocument,
  presentEventType,
} from './event-type-document.js';
import { ChangeEventType, ORDER_PLACED, RegisterEventType } from './event-type-input.js';
import { EventTypesService } from './event-types.service.js';
import { Owner } from './owner.js';

const ONE = { type: EventTypeDocument, example: EVENT_TYPE_EXAMPLE };

/** The catalogue of event types, and the types that the platform and tenants have registered. */
@ApiTags('Event types')
@Controller('v1/event-types')
export class EventTypesController {
  constructor(
    private readonly service: EventTypesService,
    private readonly types: EventTypeRepository,
  ) {}

  @Get()
  @Operation({
    id: 'listEventTypes',
    summary: 'List event types',
    description:
      'The first page begins with the whole catalogue. After it come your own types and those of the platform, newest first, `limit` on a page. Each has its JSON Schema, an example, and the example as each format sends it.',
    permission: 'any',
    tenant: 'optional',
    answer: {
      status: 200,
      description: 'The catalogue, and the types that were registered.',
      pageOf: EventTypeDocument,
      example: {
        get data() {
          return [catalogueDocuments()[0], EVENT_TYPE_EXAMPLE];
        },
        nextCursor: null,
      },
    },
    errors: ['validation_failed'],
  })
  async list(
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<EventTypeDocument>> {
    const before = decodeCursor(cursor);
    const rows = await this.types.list(tenantId ?? null, { before, limit: limit + 1 });
    const { data, nextCursor } = toPage(rows, limit, presentEventType);
    return { data: before === undefined ? [...catalogueDocuments(), ...data] : data, nextCursor };
  }

  @Post()
  @Operation({
    id: 'createEventType',
    summary: 'Register an event type',
    description:
      'Adds a type of your own: from then on its events can be posted, and webhooks of the formats that carry every type can listen to it. A platform key that names no tenant registers it for all tenants, which needs the permission `platform`.',
    permission: 'webhooks:write',
    tenant: 'optional',
    body: { type: RegisterEventType, example: ORDER_PLACED },
    answer: { status: 201, description: 'The event type.', ...ONE },
    errors: ['event_type_taken', 'event_type_limit_reached'],
  })
  async register(
    @Owner() owner: string | null,
    @CurrentAuthor() author: Author,
    @ValidBody() body: RegisterEventType,
  ): Promise<EventTypeDocument> {
    return presentEventType(await this.service.register(author, owner, body));
  }

  @Get(':type')
  @Operation({
    id: 'getEventType',
    summary: 'Get an event type',
    permission: 'any',
    tenant: 'optional',
    answer: { status: 200, description: 'The event type.', ...ONE },
    errors: ['not_found'],
  })
  async get(
    @OptionalTenantId() tenantId: string | undefined,
    @Param('type') type: string,
  ): Promise<EventTypeDocument> {
    const document = catalogueDocument(type);
    return document ?? presentEventType(await this.service.find(tenantId ?? null, type));
  }

  @Patch(':type')
  @Operation({
    id: 'updateEventType',
    summary: 'Change an event type',
    description:
      'Fields that are left out stay as they are. A new schema or example makes the next `version`; accepted events stay as they are. Other API processes check by the new version within a second.',
    permission: 'webhooks:write',
    tenant: 'optional',
    body: {
      type: ChangeEventType,
      example: { description: 'A learner bought a course or a seat.' },
    },
    answer: { status: 200, description: 'The event type as it is now.', ...ONE },
    errors: ['not_found'],
  })
  async change(
    @Owner() owner: string | null,
    @Param('type') type: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeEventType,
  ): Promise<EventTypeDocument> {
    return presentEventType(await this.service.change(author, owner, type, body));
  }

  @Delete(':type')
  @Operation({
    id: 'deleteEventType',
    summary: 'Delete an event type',
    description:
      'Its events can no longer be posted (at other API processes after at most a second), and webhooks can no longer be registered for it. Accepted events are still delivered; webhooks that list the type go on listing it. If the type is registered again, it goes on with its next version.',
    permission: 'webhooks:write',
    tenant: 'optional',
    body: 'none',
    answer: { status: 204, description: 'It is deleted.' },
    errors: ['not_found'],
  })
  async delete(
    @Owner() owner: string | null,
    @Param('type') type: string,
    @CurrentAuthor() author: Author,
  ): Promise<void> {
    await this.service.delete(author, owner, type);
  }
}
