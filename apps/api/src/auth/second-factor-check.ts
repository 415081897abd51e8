import { hashRecoveryCode, verifyTotp } from '@schoolbell/identity';
import type { UserRecord, UserRepository } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';

/** Checks codes of a second factor: each counts once. */
export class SecondFactorCheck {
  constructor(
    private readonly users: Pick<
      UserRepository,
      'spendRecoveryCode' | 'spendTotpStep' | 'totpSecretOf'
    >,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Spends a code of the authenticator app, or a recovery code. The caller bounds how often that is tried.
   *
   * @throws ApiError `second_factor_required` without a code, `invalid_credentials` for a wrong or used one
   */
  async require(user: UserRecord, code: string | undefined): Promise<void> {
    if (code === undefined) throw new ApiError('second_factor_required');
    if (!(await this.spends(user, code))) throw new ApiError('invalid_credentials');
  }

  /** @returns false for a wrong or used code */
  async spends(user: UserRecord, code: string): Promise<boolean> {
    const step = this.stepOf(user, code);
    if (step !== undefined && (await this.users.spendTotpStep(user.id, step))) return true;
    return this.users.spendRecoveryCode(user.id, hashRecoveryCode(code));
  }

  /** @returns the step of a code of the app that was not taken yet; `undefined` for any other code */
  stepOf(user: UserRecord, code: string): bigint | undefined {
    const secret = this.users.totpSecretOf(user);
    const { totpUsedStep: usedStep } = user;
    return secret === undefined
      ? undefined
      : verifyTotp({ secret, code, usedStep, now: this.now() });
  }
}
