import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { OperationRepository, type OperationRow } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { ApiError, notFoundOrPruned } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { OPERATION_EXAMPLE, OperationDocument, presentOperation } from './operation-document.js';
import { OperationQuery } from './operation-query.js';

/** Bulk retries, bulk discards, replays and erasures in progress. */
@ApiTags('Operations')
@Controller('v1/operations')
export class OperationsController {
  constructor(
    private readonly operations: OperationRepository,
    private readonly lane: ListLane,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Operation({
    id: 'listOperations',
    summary: 'List operations',
    description: 'With `status=running`, those that are running now.',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: OperationDocument,
      example: { data: [OPERATION_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @TenantId() tenantId: string,
    @ValidQuery() { limit, cursor, status, kind }: OperationQuery,
  ): Promise<Page<OperationDocument>> {
    const page = { before: decodeCursor(cursor), limit: limit + 1 };
    const rows = await this.lane.read(tenantId, () =>
      this.operations.list(tenantId, { status, kind }, page),
    );
    return toPage(rows, limit, presentOperation);
  }

  @Get(':id')
  @Operation({
    id: 'getOperation',
    summary: 'See how far an operation is',
    permission: 'deliveries:read',
    answer: {
      status: 200,
      description: 'The operation as it is now.',
      type: OperationDocument,
      example: OPERATION_EXAMPLE,
    },
    errors: ['not_found'],
  })
  async get(
    @TenantId() tenantId: string,
    @IdParam('operation') id: string,
  ): Promise<OperationDocument> {
    return this.found(await this.operations.find(tenantId, id), id);
  }

  @Post(':id/cancel')
  @Operation({
    id: 'cancelOperation',
    summary: 'Cancel an operation',
    description:
      'From the answer on, the operation does nothing more; what it has done stays done. An operation that has already ended stays as it is. To cancel an erasure, `users:write` is needed too.',
    permission: 'deliveries:write',
    notForSupport: true,
    body: 'none',
    answer: {
      status: 200,
      description: 'The operation as it ended.',
      type: OperationDocument,
      example: {
        ...OPERATION_EXAMPLE,
        status: 'cancelled',
        finishedAt: '2026-11-22T14:40:03.800Z',
      },
    },
    errors: ['not_found'],
  })
  async cancel(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @IdParam('operation') id: string,
    @CurrentPrincipal() { permissions }: Principal,
  ): Promise<OperationDocument> {
    const { kind } = this.found(await this.operations.find(tenantId, id), id);
    if (kind === 'erasure' && !permissions.has('users:write')) throw mayNotCancelErasure();
    return this.found(await this.operations.cancel(tenantId, id, author), id);
  }

  private found(operation: OperationRow | undefined, id: string): OperationDocument {
    if (!operation) throw notFoundOrPruned('operation', id, this.settings.retentionDays);
    return presentOperation(operation);
  }
}

/** A principal that may not ask for an erasure may not cancel one either. */
function mayNotCancelErasure(): ApiError {
  return new ApiError(
    'permission_denied',
    'To cancel an erasure you need the permission users:write.',
  );
}
