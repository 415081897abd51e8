import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MailRepository } from '@schoolbell/persistence';
import { OptionalTenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { MAIL_EXAMPLE, MailDocument, MailQuery, presentMail } from './mail-document.js';

/** What was written to people, and whether it reached a mail server. */
@ApiTags('E-mails')
@Controller('v1/mails')
export class MailsController {
  constructor(
    private readonly mails: MailRepository,
    private readonly lane: ListLane,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Operation({
    id: 'listMails',
    summary: 'List e-mails',
    description:
      'One for each person that was written to. A platform key that names no tenant sees those of all.',
    permission: 'webhooks:read',
    tenant: 'optional',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: MailDocument,
      example: { data: [MAIL_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() { limit, cursor, status }: MailQuery,
  ): Promise<Page<MailDocument>> {
    const before = decodeCursor(cursor);
    const rows = await this.lane.read(tenantId, () =>
      this.mails.list(tenantId, { before, limit: limit + 1, status }),
    );
    return toPage(rows, limit, (mail) => presentMail(mail, this.settings.publicUrl));
  }
}
