import { Injectable } from '@nestjs/common';
import { type Author, makeRecoveryCodes, makeTotpSecret, totpUri } from '@schoolbell/identity';
import { SecondFactorRepository, type UserRecord } from '@schoolbell/persistence';
import type { UserPrincipal } from '../auth/principal.js';
import { SecondFactorCheck } from '../auth/second-factor-check.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { ApiError } from '../http/api-error.js';
import { AccountLimiter } from '../accounts/account-limiter.js';
import { OwnAccount } from './own-account.js';
import type { ProvenByBoth, TotpDocument } from './second-factor-documents.js';

/** Changes of users to their own second factor. */
@Injectable()
export class OwnSecondFactor {
  constructor(
    private readonly account: OwnAccount,
    private readonly factors: SecondFactorRepository,
    private readonly check: SecondFactorCheck,
    private readonly limiter: AccountLimiter,
    private readonly authenticator: UserAuthenticator,
  ) {}

  /** @throws ApiError `rate_limited`, `wrong_password`, `second_factor_active` */
  async begin(me: UserPrincipal, password: string): Promise<TotpDocument> {
    const user = await this.account.of(me);
    await this.account.requirePassword(user, password);
    const secret = makeTotpSecret();
    if (!(await this.factors.begin(user, secret))) throw new ApiError('second_factor_active');
    return { secret, otpauthUrl: totpUri(secret, user.email) };
  }

  /**
   * @returns recovery codes, shown only this once
   * @throws ApiError `rate_limited`, `second_factor_active`, `no_second_factor`, `wrong_code`
   */
  async confirm(me: UserPrincipal, code: string, author: Author): Promise<string[]> {
    const user = await this.account.of(me);
    if (user.totpConfirmedAt !== null) throw new ApiError('second_factor_active');
    const { totpSecret } = user;
    if (totpSecret === null) throw new ApiError('no_second_factor');
    this.limiter.countProof(user.id);
    const usedStep = this.check.stepOf(user, code);
    if (usedStep === undefined) throw new ApiError('wrong_code');
    const { codes, hashes } = makeRecoveryCodes();
    const { sessionId } = me;
    const confirmation = { totpSecret, usedStep, recoveryCodes: hashes, sessionId };
    if (!(await this.factors.confirm(user, confirmation, author))) throw new ApiError('wrong_code');
    this.authenticator.forgetAll();
    return codes;
  }

  /**
   * The old codes are no longer valid.
   *
   * @throws ApiError `rate_limited`, `no_second_factor`, `wrong_password`, `wrong_code`
   */
  async replaceRecoveryCodes(
    me: UserPrincipal,
    { password, code }: ProvenByBoth,
    author: Author,
  ): Promise<string[]> {
    const user = await this.account.of(me);
    await this.account.requirePassword(user, password);
    await this.requireCode(user, code);
    const { codes, hashes } = makeRecoveryCodes();
    if (!(await this.factors.replaceRecoveryCodes(user, hashes, author))) {
      throw new ApiError('no_second_factor');
    }
    return codes;
  }

  /** @throws ApiError `rate_limited`, `no_second_factor`, `wrong_password`, `wrong_code` */
  async disable(
    me: UserPrincipal,
    { password, code }: ProvenByBoth,
    author: Author,
  ): Promise<void> {
    const user = await this.account.of(me);
    await this.account.requirePassword(user, password);
    await this.requireCode(user, code);
    if (!(await this.factors.disable(user, author))) throw new ApiError('no_second_factor');
    this.authenticator.forgetAll();
  }

  private async requireCode(user: UserRecord, code: string): Promise<void> {
    if (user.totpConfirmedAt === null) throw new ApiError('no_second_factor');
    this.limiter.countProof(user.id);
    if (!(await this.check.spends(user, code, 'known'))) throw new ApiError('wrong_code');
  }
}
