import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { TeamRepository } from '@schoolbell/persistence';
import { AccountLimiter } from '../accounts/account-limiter.js';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, OptionalTenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidBody, ValidQuery } from '../http/valid.js';
import { Teams } from './teams.js';
import { presentUser, USER_EXAMPLE, UserDocument } from './user-document.js';
import { ChangeUser, CreateUser } from './user-input.js';
import { UsersService } from './users.service.js';

const ONE = { type: UserDocument, example: USER_EXAMPLE };
const OF_PLATFORM =
  'A key or user of the platform that names no tenant means the users of the platform.';

/** The users of a tenant, or of the platform. */
@ApiTags('Users')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly teams: Teams,
    private readonly team: TeamRepository,
    private readonly users: UsersService,
    private readonly limiter: AccountLimiter,
  ) {}

  @Post()
  @Operation({
    id: 'createUser',
    summary: 'Invite a user',
    description: `Without \`password\` an invitation is e-mailed: its link works once, within 72 hours. Only the platform may set a password, so that nobody else can use an address without access to its mailbox. ${OF_PLATFORM}`,
    permission: 'users:write',
    tenant: 'optional',
    body: {
      type: CreateUser,
      example: { email: 'ada@northwind.example', name: 'Ada Lovelace', role: 'developer' },
    },
    answer: { status: 201, description: 'The user.', ...ONE },
    errors: ['email_taken'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @CurrentAuthor() author: Author,
    @ValidBody() body: CreateUser,
  ): Promise<UserDocument> {
    const team = await this.teams.of(principal, tenantId);
    this.teams.requireRole(principal, team, body.role);
    if (body.password !== undefined) this.teams.requirePlatform(principal, 'password');
    this.limiter.countNewUser(principal.id);
    return presentUser(await this.users.create(team, body, author));
  }

  @Get()
  @Operation({
    id: 'listUsers',
    summary: 'List users',
    description: OF_PLATFORM,
    permission: 'users:write',
    tenant: 'optional',
    answer: {
      status: 200,
      description: 'Newest first.',
      pageOf: UserDocument,
      example: { data: [USER_EXAMPLE], nextCursor: null },
    },
    errors: ['validation_failed'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<UserDocument>> {
    const before = decodeCursor(cursor);
    const team = await this.teams.of(principal, tenantId);
    const rows = await this.team.list(team, { before, limit: limit + 1 });
    return toPage(rows, limit, presentUser);
  }

  @Patch(':id')
  @Operation({
    id: 'updateUser',
    summary: 'Change a user',
    description:
      'Fields that are left out stay as they are. A new role ends the sessions of the user. It also revokes API keys made by the user that can still manage users, keys or the audit log although the new role cannot.',
    permission: 'users:write',
    tenant: 'optional',
    body: { type: ChangeUser, example: { role: 'viewer' } },
    answer: { status: 200, description: 'The user as it is now.', ...ONE },
    errors: ['not_found', 'last_owner'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @CurrentAuthor() author: Author,
    @IdParam('user') id: string,
    @ValidBody() body: ChangeUser,
  ): Promise<UserDocument> {
    const team = await this.teams.of(principal, tenantId);
    if (body.role) this.teams.requireRole(principal, team, body.role);
    return presentUser(await this.users.update(team, id, body, author));
  }

  @Delete(':id')
  @Operation({
    id: 'deleteUser',
    summary: 'Remove a user',
    description:
      'Ends the sessions of the user, and revokes the API keys made by the user that can manage users, keys or the audit log; other keys go on working. What the user did stays in the audit log.',
    permission: 'users:write',
    tenant: 'optional',
    body: 'none',
    answer: { status: 204, description: 'The user is removed.' },
    errors: ['not_found', 'last_owner'],
  })
  async remove(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @CurrentAuthor() author: Author,
    @IdParam('user') id: string,
  ): Promise<void> {
    const team = await this.teams.of(principal, tenantId);
    await this.users.remove(team, id, author);
  }
}
