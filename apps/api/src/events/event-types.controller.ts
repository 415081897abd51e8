import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../docs/operation.js';
import type { Page } from '../http/pagination.js';
import { EVENT_TYPE_DOCUMENTS, EventTypeDocument } from './event-type-document.js';

/** The catalogue of event types. */
@ApiTags('Events')
@Controller('v1/event-types')
export class EventTypesController {
  @Get()
  @Operation({
    summary: 'List event types',
    description:
      'The whole catalogue on one page, each type with its JSON Schema, an example, and the example as each format sends it.',
    permission: 'any',
    tenant: 'none',
    answer: {
      status: 200,
      description: 'The catalogue.',
      pageOf: EventTypeDocument,
      example: { data: EVENT_TYPE_DOCUMENTS.slice(0, 1), nextCursor: null },
    },
  })
  list(): Page<EventTypeDocument> {
    return { data: [...EVENT_TYPE_DOCUMENTS], nextCursor: null };
  }
}
