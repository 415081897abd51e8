import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditLogRepository } from '@schoolbell/persistence';
import { OptionalTenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import {
  AUDIT_ENTRY_EXAMPLE,
  AuditEntryDocument,
  presentAuditEntry,
} from './audit-entry-document.js';
import { AuditQuery, toAuditFilter } from './audit-query.js';

/** Who changed what. */
@ApiTags('Audit log')
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(
    private readonly auditLog: AuditLogRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'listAuditEntries',
    summary: 'List who changed what',
    description:
      'Every change by a user, an API key or the platform, kept for a year. A platform key that names no tenant sees the changes of all tenants.',
    permission: 'audit:read',
    tenant: 'optional',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: AuditEntryDocument,
      example: { data: [AUDIT_ENTRY_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() query: AuditQuery,
  ): Promise<Page<AuditEntryDocument>> {
    const page = { before: decodeCursor(query.cursor), limit: query.limit + 1 };
    const rows = await this.lane.read(tenantId, () =>
      this.auditLog.list(tenantId, toAuditFilter(query), page),
    );
    return toPage(rows, query.limit, presentAuditEntry);
  }
}
