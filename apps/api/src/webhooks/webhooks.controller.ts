import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { WebhookRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import { BodyVisibility } from '../settings/body-visibility.js';
import { ResumeWebhook } from './resume-input.js';
import { ShownWebhooks } from './shown-webhooks.js';
import { ChangedWebhookDocument, NewWebhookDocument, WebhookDocument } from './webhook-document.js';
import { NEW_WEBHOOK_EXAMPLE, SECRET_EXAMPLE, WEBHOOK_EXAMPLE } from './webhook-example.js';
import { ChangeWebhook, CreateWebhook } from './webhook-input.js';
import { WebhooksService } from './webhooks.service.js';

const ONE = { type: WebhookDocument, example: WEBHOOK_EXAMPLE };

@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly service: WebhooksService,
    private readonly webhooks: WebhookRepository,
    private readonly shown: ShownWebhooks,
    private readonly bodies: BodyVisibility,
  ) {}

  @Post()
  @Operation({
    id: 'createWebhook',
    summary: 'Register a webhook',
    description:
      'With `cloudevents: {handshake: true}`, the webhook is active once its receiver consents. The call waits up to 5 s for that; without consent it answers with a webhook that is paused with the reason `handshake`. A change of its `url` and a resume do the same.',
    permission: 'webhooks:write',
    body: { type: CreateWebhook, example: NEW_WEBHOOK_EXAMPLE },
    answer: {
      status: 201,
      description: 'The webhook and, only once, its secret.',
      type: NewWebhookDocument,
      example: { ...WEBHOOK_EXAMPLE, secret: SECRET_EXAMPLE },
    },
    errors: ['webhook_limit_reached', 'format_cannot_carry'],
  })
  async create(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: CreateWebhook,
  ): Promise<NewWebhookDocument> {
    const { webhook, ...shownOnce } = await this.service.create(author, tenantId, body);
    return { ...(await this.shown.one(webhook)), ...shownOnce };
  }

  @Get()
  @Operation({
    id: 'listWebhooks',
    summary: 'List webhooks',
    permission: 'webhooks:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: WebhookDocument,
      example: { data: [WEBHOOK_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<WebhookDocument>> {
    const before = decodeCursor(cursor);
    const rows = await this.webhooks.list(tenantId, { before, limit: limit + 1 });
    const sees = await this.bodies.isVisibleTo(principal, tenantId);
    return toPage(rows, limit, await this.shown.presenter(tenantId, rows, sees));
  }

  @Get(':id')
  @Operation({
    id: 'getWebhook',
    summary: 'Get a webhook',
    permission: 'webhooks:read',
    answer: { status: 200, description: 'The webhook.', ...ONE },
    errors: ['not_found'],
  })
  async get(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
  ): Promise<WebhookDocument> {
    const webhook = await this.service.find(tenantId, id);
    return this.shown.one(webhook, await this.bodies.isVisibleTo(principal, tenantId));
  }

  @Patch(':id')
  @Operation({
    id: 'updateWebhook',
    summary: 'Change a webhook',
    description:
      'Fields that are left out stay as they are. `headers`, `metadata`, `authentication`, `clientCertificate` and `delivery` are replaced as a whole. To pause or resume the webhook, set `status` to `paused` or `active`.',
    permission: 'webhooks:write',
    body: { type: ChangeWebhook, example: { events: ['session.completed'], timeoutSeconds: 20 } },
    answer: {
      status: 200,
      description: 'The webhook as it is now.',
      type: ChangedWebhookDocument,
      example: WEBHOOK_EXAMPLE,
    },
    errors: ['not_found', 'format_cannot_carry'],
  })
  async change(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeWebhook,
  ): Promise<ChangedWebhookDocument> {
    const { webhook, ...shownOnce } = await this.service.change(author, tenantId, id, body);
    return { ...(await this.shown.one(webhook)), ...shownOnce };
  }

  @Delete(':id')
  @Operation({
    id: 'deleteWebhook',
    summary: 'Delete a webhook',
    description: 'Its waiting deliveries are discarded; its history stays.',
    permission: 'webhooks:write',
    body: 'none',
    answer: { status: 204, description: 'It is deleted.' },
    errors: ['not_found'],
  })
  async delete(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
  ): Promise<void> {
    await this.service.delete(author, tenantId, id);
  }

  @Post(':id/pause')
  @Operation({
    id: 'pauseWebhook',
    summary: 'Pause a webhook',
    description: 'Only tests are sent until it is resumed; deliveries are held meanwhile.',
    permission: 'webhooks:write',
    body: 'none',
    answer: { status: 200, description: 'The paused webhook.', ...ONE },
    errors: ['not_found'],
  })
  async pause(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
  ): Promise<WebhookDocument> {
    return this.shown.one(await this.service.pause(author, tenantId, id));
  }

  @Post(':id/resume')
  @Operation({
    id: 'resumeWebhook',
    summary: 'Resume a webhook',
    description:
      'Sets the count of failures to 0. Held deliveries are sent, none before its own due time, or discarded.',
    permission: 'webhooks:write',
    body: { type: ResumeWebhook, example: { heldDeliveries: 'send' }, required: false },
    answer: {
      status: 200,
      description: 'The webhook, active unless its receiver has yet to consent.',
      ...ONE,
    },
    errors: ['not_found'],
  })
  async resume(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
    @ValidBody() { heldDeliveries }: ResumeWebhook,
  ): Promise<WebhookDocument> {
    return this.shown.one(await this.service.resume(author, tenantId, id, heldDeliveries));
  }
}
