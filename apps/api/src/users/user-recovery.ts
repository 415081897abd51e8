import { Injectable } from '@nestjs/common';
import type { Author } from '@schoolbell/identity';
import { SecondFactorRepository, TeamRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { ApiError, notFound } from '../http/api-error.js';
import { type Team, Teams } from './teams.js';

/** Helps users who cannot sign in by themselves: their link or their second factor is lost. */
@Injectable()
export class UserRecovery {
  constructor(
    private readonly teams: Teams,
    private readonly team: TeamRepository,
    private readonly factors: SecondFactorRepository,
    private readonly authenticator: UserAuthenticator,
  ) {}

  /** @throws ApiError `not_found`, `user_active` */
  async inviteAgain(team: Team, id: string, author: Author): Promise<void> {
    const outcome = await this.team.inviteAgain(team, id, author);
    if (outcome === 'not_found') throw notFound('user');
    if (outcome === 'active') throw new ApiError('user_active');
  }

  /**
   * Nobody can remove the second factor of a user who may do more than they may, nor their own in this way: that needs
   * password and code.
   *
   * @throws ApiError `permission_denied`, `not_found`, `no_second_factor`
   */
  async resetSecondFactor(principal: Principal, team: Team, id: string, author: Author) {
    if (principal.kind === 'user' && principal.id === id) {
      throw new ApiError('permission_denied', 'To remove your own, use `DELETE /v1/me/totp`.');
    }
    const user = await this.team.find(team, id);
    if (!user) throw notFound('user');
    this.teams.requireRole(principal, team, user.role);
    if (!(await this.factors.reset(user, author))) {
      throw new ApiError('no_second_factor', 'This user has no second factor.');
    }
    this.authenticator.forgetAll();
  }
}
