import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { OperationRepository, type OperationRow } from '@schoolbell/persistence';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { notFoundOrPruned } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { OPERATION_EXAMPLE, OperationDocument, presentOperation } from './operation-document.js';

/** Bulk retries, bulk discards and replays on their way. */
@ApiTags('Operations')
@Controller('v1/operations/:id')
export class OperationsController {
  constructor(
    private readonly operations: OperationRepository,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
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

  @Post('cancel')
  @Operation({
    id: 'cancelOperation',
    summary: 'Cancel an operation',
    description:
      'Nothing more of it is done from the answer on; what was done stays. One that has ended stays as it is.',
    permission: 'deliveries:write',
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
  ): Promise<OperationDocument> {
    return this.found(await this.operations.cancel(tenantId, id, author), id);
  }

  private found(operation: OperationRow | undefined, id: string): OperationDocument {
    if (!operation) throw notFoundOrPruned('operation', id, this.settings.retentionDays);
    return presentOperation(operation);
  }
}
