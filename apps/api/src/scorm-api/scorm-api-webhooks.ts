import { Injectable } from '@nestjs/common';
import { toTypeId } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import {
  type TenantRecord,
  TenantRepository,
  type WebhookRecord,
  WebhookRepository,
} from '@schoolbell/persistence';
import { ApiError, notFound } from '../http/api-error.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination.js';
import { WebhooksService } from '../webhooks/webhooks.service.js';
import { knownTenantId, requireOwnTenantId } from './tenant-id.js';
import {
  type NewScormApiWebhookDocument,
  presentScormApiWebhook,
  type ScormApiWebhookDocument,
} from './webhook-document.js';
import type { ChangeScormApiWebhook, RegisterScormApiWebhook } from './webhook-input.js';
import { FORMAT, toChangeWebhook, toCreateWebhook } from './webhook-settings.js';

/**
 * The tenant's webhooks of the format `scorm-api`, wherever they were registered. Webhooks of other formats are not
 * found here: a script written for the SCORM API must not change or delete webhooks that it knows nothing about.
 */
@Injectable()
export class ScormApiWebhooks {
  constructor(
    private readonly service: WebhooksService,
    private readonly webhooks: WebhookRepository,
    private readonly tenants: TenantRepository,
  ) {}

  /** @throws ApiError `tenant_mismatch`, and the errors of {@link WebhooksService} */
  async register(
    author: Author,
    tenantId: string,
    input: RegisterScormApiWebhook,
  ): Promise<NewScormApiWebhookDocument> {
    const tenant = await this.tenant(tenantId);
    requireOwnTenantId(input.tenant_id, tenant);
    const { webhook, secret } = await this.service.create(author, tenantId, toCreateWebhook(input));
    const document = presentScormApiWebhook(webhook, knownTenantId(tenant));
    return input.secret === undefined ? { ...document, secret } : document;
  }

  async page(
    tenantId: string,
    { limit, cursor }: PageQuery,
  ): Promise<Page<ScormApiWebhookDocument>> {
    const page = { before: decodeCursor(cursor), limit: limit + 1, format: FORMAT };
    const rows = await this.webhooks.list(tenantId, page);
    const known = knownTenantId(await this.tenant(tenantId));
    return toPage(rows, limit, (row) => presentScormApiWebhook(row, known));
  }

  /** @throws ApiError `not_found`, also for a webhook of another format */
  async get(tenantId: string, id: string): Promise<ScormApiWebhookDocument> {
    const webhook = await this.require(tenantId, id);
    return presentScormApiWebhook(webhook, knownTenantId(await this.tenant(tenantId)));
  }

  /** @throws ApiError `not_found`, `tenant_mismatch`, and the errors of {@link WebhooksService} */
  async change(
    author: Author,
    tenantId: string,
    id: string,
    input: ChangeScormApiWebhook,
  ): Promise<ScormApiWebhookDocument> {
    await this.require(tenantId, id);
    const tenant = await this.tenant(tenantId);
    requireOwnTenantId(input.tenant_id, tenant);
    const { webhook } = await this.service.change(author, tenantId, id, toChangeWebhook(input));
    return presentScormApiWebhook(webhook, knownTenantId(tenant));
  }

  /** @throws ApiError `not_found` */
  async delete(author: Author, tenantId: string, id: string): Promise<void> {
    await this.require(tenantId, id);
    await this.service.delete(author, tenantId, id);
  }

  /** @throws ApiError `not_found`, which says where webhooks of other formats are */
  async require(tenantId: string, id: string): Promise<WebhookRecord> {
    const webhook = await this.service.find(tenantId, id);
    if (webhook.format === FORMAT) return webhook;
    const path = `/v1/webhooks/${toTypeId('webhook', id)}`;
    throw new ApiError(
      'not_found',
      `This webhook has the format ${webhook.format}, but this path is only for webhooks of the format ${FORMAT}. Use ${path}.`,
    );
  }

  private async tenant(id: string): Promise<TenantRecord> {
    const tenant = await this.tenants.find(id);
    if (!tenant) throw notFound('tenant');
    return tenant;
  }
}
