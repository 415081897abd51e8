import { Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import {
  TenantHealthRepository,
  type TenantRecord,
  TenantRepository,
} from '@schoolbell/persistence';
import { CurrentAuthor } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { notFound } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import { scormRuleColumns } from './scorm-rules-document.js';
import {
  ListedTenantDocument,
  presentTenantHealth,
  TENANT_HEALTH_EXAMPLE,
} from './tenant-health-document.js';
import {
  ChangeTenant,
  CreateTenant,
  presentTenant,
  TENANT_EXAMPLE,
  TenantDocument,
} from './tenant-documents.js';

const ONE = { type: TenantDocument, example: TENANT_EXAMPLE };

/** For the operator; hidden from tenants' keys. */
@ApiTags('Tenants')
@Controller('v1/tenants')
export class TenantsController {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly health: TenantHealthRepository,
    private readonly lane: ListLane,
  ) {}

  @Post()
  @Operation({
    id: 'createTenant',
    summary: 'Create a tenant',
    permission: 'platform',
    tenant: 'none',
    body: { type: CreateTenant, example: { name: 'Northwind Academy' } },
    answer: { status: 201, description: 'The tenant.', ...ONE },
  })
  async create(
    @CurrentAuthor() author: Author,
    @ValidBody() body: CreateTenant,
  ): Promise<TenantDocument> {
    return presentTenant(await this.tenants.create(author, draftOf(body)));
  }

  @Get()
  @Operation({
    id: 'listTenants',
    summary: 'List tenants',
    permission: 'platform:read',
    tenant: 'none',
    answer: {
      status: 200,
      description: 'Newest first, each with how it is doing.',
      pageOf: ListedTenantDocument,
      example: { data: [{ ...TENANT_EXAMPLE, health: TENANT_HEALTH_EXAMPLE }], nextCursor: null },
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async list(@ValidQuery() { limit, cursor }: PageQuery): Promise<Page<ListedTenantDocument>> {
    const rows = await this.tenants.list({ before: decodeCursor(cursor), limit: limit + 1 });
    const ids = rows.map(({ id }) => id);
    const health = await this.lane.read(undefined, () => this.health.of(ids));
    return toPage(rows, limit, (tenant) => ({
      ...presentTenant(tenant),
      health: presentTenantHealth(health.get(tenant.id)!),
    }));
  }

  @Get(':id')
  @Operation({
    id: 'getTenant',
    summary: 'Get a tenant',
    permission: 'platform:read',
    tenant: 'none',
    answer: { status: 200, description: 'The tenant.', ...ONE },
    errors: ['not_found'],
  })
  async get(@IdParam('tenant') id: string): Promise<TenantDocument> {
    return present(await this.tenants.find(id));
  }

  @Patch(':id')
  @Operation({
    id: 'updateTenant',
    summary: 'Change a tenant',
    description: 'Fields that are left out stay as they are.',
    permission: 'platform',
    tenant: 'none',
    body: { type: ChangeTenant, example: { webhookLimit: 250 } },
    answer: { status: 200, description: 'The tenant as it is now.', ...ONE },
    errors: ['not_found'],
  })
  async change(
    @IdParam('tenant') id: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeTenant,
  ): Promise<TenantDocument> {
    return present(await this.tenants.update(author, id, draftOf(body)));
  }
}

function draftOf<Body extends ChangeTenant>({ scormRules, ...rest }: Body) {
  return { ...rest, ...scormRuleColumns(scormRules) };
}

function present(tenant: TenantRecord | undefined): TenantDocument {
  if (!tenant) throw notFound('tenant');
  return presentTenant(tenant);
}
