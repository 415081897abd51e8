import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { IdParam } from '../http/id-param.js';
import { PageQuery } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import { SECRET_EXAMPLE } from '../webhooks/webhook-example.js';
import { ScormApiOperation } from './scorm-api-operation.js';
import { ScormApiWebhooks } from './scorm-api-webhooks.js';
import {
  NewScormApiWebhookDocument,
  SCORM_API_WEBHOOK_EXAMPLE,
  ScormApiWebhookDocument,
  ScormApiWebhooksDocument,
} from './webhook-document.js';
import { ChangeScormApiWebhook, RegisterScormApiWebhook } from './webhook-input.js';

const ONE = { type: ScormApiWebhookDocument, example: SCORM_API_WEBHOOK_EXAMPLE };

const NEW_EXAMPLE = {
  tenant_id: SCORM_API_WEBHOOK_EXAMPLE.tenant_id,
  url: SCORM_API_WEBHOOK_EXAMPLE.url,
  event_type: SCORM_API_WEBHOOK_EXAMPLE.event_type,
};

@ApiTags('SCORM API')
@Controller('api/v1/webhooks')
export class ScormApiWebhooksController {
  constructor(private readonly webhooks: ScormApiWebhooks) {}

  @Post()
  @ScormApiOperation({
    id: 'createScormApiWebhook',
    summary: 'Register a webhook as with the SCORM API',
    description: 'Its format is `scorm-api`, and its receiver has 30 seconds to answer.',
    permission: 'webhooks:write',
    body: { type: RegisterScormApiWebhook, example: NEW_EXAMPLE },
    answer: {
      status: 201,
      description: 'The webhook and, only once, its secret if it was generated.',
      type: NewScormApiWebhookDocument,
      example: { ...SCORM_API_WEBHOOK_EXAMPLE, secret: SECRET_EXAMPLE },
    },
    errors: ['webhook_limit_reached'],
  })
  async create(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: RegisterScormApiWebhook,
  ): Promise<NewScormApiWebhookDocument> {
    return this.webhooks.register(author, tenantId, body);
  }

  @Get()
  @ScormApiOperation({
    id: 'listScormApiWebhooks',
    summary: 'List webhooks of the format scorm-api',
    description:
      'Includes those that were registered with `POST /v1/webhooks`. The guide of the SCORM API shows no list; the form of the answer is Schoolbell’s own.',
    permission: 'webhooks:read',
    answer: {
      status: 200,
      description: 'Newest first.',
      type: ScormApiWebhooksDocument,
      example: { webhooks: [SCORM_API_WEBHOOK_EXAMPLE], next_cursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @TenantId() tenantId: string,
    @ValidQuery() query: PageQuery,
  ): Promise<ScormApiWebhooksDocument> {
    const { data, nextCursor } = await this.webhooks.page(tenantId, query);
    return { webhooks: data, next_cursor: nextCursor };
  }

  @Get(':id')
  @ScormApiOperation({
    id: 'getScormApiWebhook',
    summary: 'Get a webhook of the format scorm-api',
    permission: 'webhooks:read',
    answer: { status: 200, description: 'The webhook.', ...ONE },
    errors: ['not_found'],
  })
  async get(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
  ): Promise<ScormApiWebhookDocument> {
    return this.webhooks.get(tenantId, id);
  }

  @Patch(':id')
  @ScormApiOperation({
    id: 'updateScormApiWebhook',
    summary: 'Change, pause or resume a webhook of the format scorm-api',
    description:
      'Fields that are left out stay as they are. `is_active` pauses and resumes; deliveries are held meanwhile. The secret is rotated with `POST /v1/webhooks/{id}/secret/rotate`.',
    permission: 'webhooks:write',
    body: { type: ChangeScormApiWebhook, example: { is_active: false } },
    answer: { status: 200, description: 'The webhook as it is now.', ...ONE },
    errors: ['not_found'],
  })
  async change(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeScormApiWebhook,
  ): Promise<ScormApiWebhookDocument> {
    return this.webhooks.change(author, tenantId, id, body);
  }

  @Delete(':id')
  @ScormApiOperation({
    id: 'deleteScormApiWebhook',
    summary: 'Delete a webhook of the format scorm-api',
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
    await this.webhooks.delete(author, tenantId, id);
  }
}
