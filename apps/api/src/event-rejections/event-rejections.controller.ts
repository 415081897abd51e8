import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EventRejectionRepository } from '@schoolbell/persistence';
import { OptionalTenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import {
  EVENT_REJECTION_EXAMPLE,
  EventRejectionDocument,
  presentEventRejection,
} from './event-rejection-document.js';
import { EventRejectionQuery } from './event-rejection-query.js';

@ApiTags('Events')
@Controller('v1/event-rejections')
export class EventRejectionsController {
  constructor(
    private readonly rejections: EventRejectionRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'listEventRejections',
    summary: 'List posts that were refused',
    description:
      'Explains why an event is missing: posts of events, launches and commits that were refused with 401, 403, 409, 413, 422 or 503 in the last 24 hours. A post is listed a second or two after it was refused. A platform key that names no tenant sees the posts of all tenants, and those whose tenant is not known.',
    permission: 'events:read',
    tenant: 'optional',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: EventRejectionDocument,
      example: { data: [EVENT_REJECTION_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() { limit, cursor, q: subjectId, from, to }: EventRejectionQuery,
  ): Promise<Page<EventRejectionDocument>> {
    const page = { before: decodeCursor(cursor), limit: limit + 1 };
    const filter = { subjectId, from, to };
    const rows = await this.lane.read(tenantId, () => this.rejections.list(tenantId, filter, page));
    return toPage(rows, limit, presentEventRejection);
  }
}
