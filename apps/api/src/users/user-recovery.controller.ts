import { Controller, Delete, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { AccountLimiter } from '../accounts/account-limiter.js';
import type { Principal } from '../auth/principal.js';
import { CurrentAuthor, CurrentPrincipal, OptionalTenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { IdParam } from '../http/id-param.js';
import { Teams } from './teams.js';
import { UserRecovery } from './user-recovery.js';

/** Help for users who cannot sign in by themselves. */
@ApiTags('Users')
@Controller('v1/users/:id')
export class UserRecoveryController {
  constructor(
    private readonly teams: Teams,
    private readonly recovery: UserRecovery,
    private readonly limiter: AccountLimiter,
  ) {}

  @Post('invitation')
  @Operation({
    id: 'resendInvitation',
    summary: 'Send an invitation again',
    description:
      'With a new link, which works once, within 72 hours; earlier links no longer work.',
    permission: 'users:write',
    tenant: 'optional',
    body: 'none',
    answer: { status: 202, description: 'The e-mail is on its way.' },
    errors: ['not_found', 'user_active'],
  })
  async inviteAgain(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @CurrentAuthor() author: Author,
    @IdParam('user') id: string,
  ): Promise<void> {
    const team = await this.teams.of(principal, tenantId);
    this.limiter.countNewUser(principal.id);
    await this.recovery.inviteAgain(team, id, author);
  }

  @Delete('totp')
  @Operation({
    id: 'resetTotp',
    summary: 'Remove the second factor of a user',
    description:
      'For a user who has lost the authenticator app and the recovery codes. Ends the sessions of the user, who gets an e-mail about it. To remove your own, use `DELETE /v1/me/totp`.',
    permission: 'users:write',
    tenant: 'optional',
    body: 'none',
    answer: { status: 204, description: 'From now on, the password alone signs the user in.' },
    errors: ['not_found', 'no_second_factor'],
  })
  async resetTotp(
    @CurrentPrincipal() principal: Principal,
    @OptionalTenantId() tenantId: string | undefined,
    @CurrentAuthor() author: Author,
    @IdParam('user') id: string,
  ): Promise<void> {
    const team = await this.teams.of(principal, tenantId);
    await this.recovery.resetSecondFactor(principal, team, id, author);
  }
}
