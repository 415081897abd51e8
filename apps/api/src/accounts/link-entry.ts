import { Injectable } from '@nestjs/common';
import type { LinkPurpose } from '@schoolbell/identity';
import { AccountRepository, type UserRecord, type Visit } from '@schoolbell/persistence';
import { SecondFactorCheck } from '../auth/second-factor-check.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { ApiError } from '../http/api-error.js';
import { AccountLimiter } from './account-limiter.js';
import { NewPasswords } from './new-passwords.js';

/** What a visitor sends together with the link. */
interface LinkVisitor {
  token: string;
  password: string;
  name?: string;
  /** A code of the second factor. */
  code?: string | undefined;
}

/** Lets people in by links from e-mails. */
@Injectable()
export class LinkEntry {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: NewPasswords,
    private readonly secondFactor: SecondFactorCheck,
    private readonly limiter: AccountLimiter,
    private readonly authenticator: UserAuthenticator,
  ) {}

  /**
   * Uses up a link. A wrong password or code leaves it valid: nobody needs a new link because of a typing error.
   *
   * @throws ApiError `rate_limited`, `validation_failed`, `link_invalid`, `second_factor_required`,
   *   `invalid_credentials`
   */
  async enter(purpose: LinkPurpose, visitor: LinkVisitor, visit: Visit): Promise<UserRecord> {
    const { token, password, name, code } = visitor;
    this.limiter.countLink(visit.address);
    await this.passwords.require(password);
    const user = await this.accounts.findByLink(purpose, token);
    if (!user) throw new ApiError('link_invalid');
    if (user.totpConfirmedAt !== null) await this.requireSecondFactor(user, code);
    const passwordHash = await this.passwords.hashed(password);
    const { totpConfirmedAt } = user;
    const choice = { passwordHash, totpConfirmedAt, ...(name !== undefined && { name }) };
    const entered = await this.accounts.redeemLink(purpose, token, choice, visit);
    if (!entered) throw new ApiError('link_invalid');
    this.authenticator.forgetAll();
    return entered;
  }

  /** Counted by user too: whoever has the mailbox may come from many addresses. */
  private async requireSecondFactor(user: UserRecord, code: string | undefined): Promise<void> {
    if (code !== undefined) this.limiter.countProof(user.id);
    await this.secondFactor.require(user, code, 'unknown');
  }
}
