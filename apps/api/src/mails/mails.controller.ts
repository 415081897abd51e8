import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MailRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { CurrentPrincipal, OptionalTenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { BodyVisibility } from '../settings/body-visibility.js';
import { MAIL_EXAMPLE, MailDocument, MailQuery, presentMail } from './mail-document.js';
import { withoutQuotedEvent } from './without-quoted-event.js';

/** E-mails to people, and whether a mail server took them. */
@ApiTags('E-mails')
@Controller('v1/mails')
export class MailsController {
  constructor(
    private readonly mails: MailRepository,
    private readonly lane: ListLane,
    private readonly bodies: BodyVisibility,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Operation({
    id: 'listMails',
    summary: 'List e-mails',
    description:
      'One entry for each recipient. A key or user of the platform that names no tenant sees the e-mails of all. E-mails to users about their accounts also need `users:write` or `platform:read`; the links in them are shown only to `platform`.',
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
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() { limit, cursor, status }: MailQuery,
  ): Promise<Page<MailDocument>> {
    const { permissions } = principal;
    const before = decodeCursor(cursor);
    const accounts = permissions.has('users:write') || permissions.has('platform:read');
    const links = permissions.has('platform');
    const page = { before, limit: limit + 1, status, accounts, links };
    const rows = await this.lane.read(tenantId, () => this.mails.list(tenantId, page));
    const sees = tenantId === undefined || (await this.bodies.isVisibleTo(principal, tenantId));
    return toPage(rows, limit, (mail) =>
      presentMail(sees ? mail : withoutQuotedEvent(mail), this.settings.publicUrl),
    );
  }
}
