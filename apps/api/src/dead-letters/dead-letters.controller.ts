import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { OperationRepository } from '@schoolbell/persistence';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { DELIVERY_EXAMPLE, DeliveryDocument } from '../deliveries/delivery-document.js';
import { DeliveryLists } from '../deliveries/delivery-lists.js';
import { DeliveryQuery, SelectDeadLetters, toSelection } from '../deliveries/delivery-filters.js';
import { Operation } from '../docs/operation.js';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { ListLane } from '../fairness/list-lane.js';
import type { Page } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import {
  operationStarted,
  type OperationDocument,
  presentOperation,
} from '../operations/operation-document.js';
import { DeadLetterGroupsDocument, GROUPS_EXAMPLE, presentGroups } from './group-document.js';
import { GroupQuery } from './group-query.js';

const DEAD_LETTER_EXAMPLE = {
  ...DELIVERY_EXAMPLE,
  status: 'dead',
  attemptCount: 6,
  nextAttemptAt: null,
};

const SELECTION_EXAMPLE = {
  webhookId: 'wh_01jcfpwpg0fgx9p79fda74r401',
  errorCode: 'http_status',
  responseStatus: 503,
  from: '2026-11-22T00:00:00.000Z',
};

const WHICH =
  'A dead letter is chosen if it meets all conditions; without conditions, all are chosen. Deliveries that die later are not.';

/** Deliveries that were given up. */
@ApiTags('Dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly lists: DeliveryLists,
    private readonly operations: OperationRepository,
    private readonly lane: ListLane,
    private readonly eventTypes: KnownEventTypes,
  ) {}

  @Get()
  @Operation({
    id: 'listDeadLetters',
    summary: 'List dead letters',
    description:
      'Send one again with `POST /v1/deliveries/{id}/retry`, many with `POST /v1/dead-letters/retry`.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: DeliveryDocument,
      example: { data: [DEAD_LETTER_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @TenantId() tenantId: string,
    @ValidQuery() query: DeliveryQuery,
  ): Promise<Page<DeliveryDocument>> {
    return this.lists.page(tenantId, query, { deadLetters: true });
  }

  @Get('groups')
  @Operation({
    id: 'listDeadLetterGroups',
    summary: 'Group dead letters by their cause',
    description:
      'By webhook, by error, or by both. `POST /v1/dead-letters/retry` and `/discard` take the same `webhookId`, `errorCode` and `responseStatus`. Retry the `example` of a group first.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'The largest group first.',
      type: DeadLetterGroupsDocument,
      example: GROUPS_EXAMPLE,
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async groups(
    @TenantId() tenantId: string,
    @ValidQuery() { by, ...query }: GroupQuery,
  ): Promise<DeadLetterGroupsDocument> {
    return presentGroups(await this.lists.groups(tenantId, query, by), by);
  }

  @Post('retry')
  @Operation({
    id: 'retryDeadLetters',
    summary: 'Send dead letters again',
    description: `Each begins a new cycle at once. If its webhook is paused, it is held; if its webhook was deleted, or its event was pruned or erased, it counts as failed. ${WHICH}`,
    permission: 'deliveries:write',
    body: { type: SelectDeadLetters, example: SELECTION_EXAMPLE, required: false },
    answer: operationStarted('retry'),
  })
  async retry(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: SelectDeadLetters,
  ): Promise<OperationDocument> {
    return this.start(tenantId, 'retry', body, author);
  }

  @Post('discard')
  @Operation({
    id: 'discardDeadLetters',
    summary: 'Discard dead letters',
    description: `They are never sent again, and stay in the log. ${WHICH}`,
    permission: 'deliveries:write',
    notForSupport: true,
    body: { type: SelectDeadLetters, example: SELECTION_EXAMPLE, required: false },
    answer: operationStarted('discard'),
  })
  async discard(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: SelectDeadLetters,
  ): Promise<OperationDocument> {
    return this.start(tenantId, 'discard', body, author);
  }

  private async start(
    tenantId: string,
    kind: 'retry' | 'discard',
    body: SelectDeadLetters,
    author: Author,
  ): Promise<OperationDocument> {
    await this.eventTypes.requireEver(tenantId, 'type', body.type);
    const selection = toSelection(body);
    // Counting them can take as long as a list.
    const operation = await this.lane.read(tenantId, () =>
      this.operations.startForDeadLetters(tenantId, kind, selection, author),
    );
    return presentOperation(operation);
  }
}
