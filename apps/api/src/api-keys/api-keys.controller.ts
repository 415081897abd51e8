import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { ApiKeyRepository } from '@schoolbell/persistence';
import { ApiKeyAuthenticator } from '../auth/api-key-authenticator.js';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { notFound } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import { expiryOf } from './key-expiry.js';
import { keyScope, requireOwnPermissions } from './key-scope.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyDocument,
  CreateApiKey,
  NewApiKeyDocument,
  presentApiKey,
} from './api-key-documents.js';

@ApiTags('API keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly authenticator: ApiKeyAuthenticator,
  ) {}

  @Post()
  @Operation({
    id: 'createApiKey',
    summary: 'Create an API key',
    permission: 'keys:write',
    body: {
      type: CreateApiKey,
      example: { name: 'Delivery dashboards', permissions: ['webhooks:read', 'deliveries:read'] },
    },
    answer: {
      status: 201,
      description: 'The key, shown only once.',
      type: NewApiKeyDocument,
      example: { ...API_KEY_EXAMPLE, key: 'sbk_7Vb2uMkXq9TaFZ1nq3YcJ6hWpRdE8sLgKxAoUiBvCtN' },
    },
  })
  async create(
    @TenantId() tenantId: string,
    @CurrentPrincipal() principal: Principal,
    @CurrentAuthor() author: Author,
    @ValidBody() body: CreateApiKey,
  ): Promise<NewApiKeyDocument> {
    requireOwnPermissions(principal, body.permissions);
    const expiresAt = expiryOf(principal, body.expiresAt ?? null, new Date());
    const { name, permissions } = body;
    const draft = { tenantId, name, permissions, expiresAt };
    const { record, key } = await this.keys.create(author, draft);
    return { ...presentApiKey(record), key };
  }

  @Get()
  @Operation({
    id: 'listApiKeys',
    summary: 'List API keys',
    permission: 'keys:write',
    answer: {
      status: 200,
      description: 'Newest first; revoked ones are left out. A developer sees their own.',
      pageOf: ApiKeyDocument,
      example: { data: [API_KEY_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @TenantId() tenantId: string,
    @CurrentPrincipal() principal: Principal,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<ApiKeyDocument>> {
    const before = decodeCursor(cursor);
    const scope = keyScope(principal, tenantId);
    const rows = await this.keys.list(scope, { before, limit: limit + 1 });
    return toPage(rows, limit, presentApiKey);
  }

  @Delete(':id')
  @Operation({
    id: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'Takes effect at once; at other API processes, within a second.',
    permission: 'keys:write',
    body: 'none',
    answer: { status: 204, description: 'The key is refused from now on.' },
    errors: ['not_found'],
  })
  async revoke(
    @TenantId() tenantId: string,
    @CurrentPrincipal() principal: Principal,
    @CurrentAuthor() author: Author,
    @IdParam('apiKey') id: string,
  ): Promise<void> {
    const revoked = await this.keys.revoke(author, keyScope(principal, tenantId), id);
    if (!revoked) throw notFound('API key');
    this.authenticator.forgetAll();
  }
}
