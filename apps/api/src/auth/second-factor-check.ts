import { hashRecoveryCode, verifyTotp } from '@schoolbell/identity';
import type { UserRecord, UserRepository } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';

/** Wrong codes for one user within 24 hours, from everywhere: three in a million codes are right by chance. */
const WRONG_CODES_PER_DAY = 100;
/**
 * The same on known devices. Somebody who fails elsewhere stops at the first hundred, so that the user is not locked
 * out.
 */
const WRONG_CODES_PER_DAY_WHERE_KNOWN = 200;

const DAY_MS = 86_400_000;

/** Where a code is typed: `known` on a device on which the user has signed in before, or in their own session. */
export type CodeOrigin = 'known' | 'unknown';

/** Checks codes of a second factor: each works once. */
export class SecondFactorCheck {
  constructor(
    private readonly users: Pick<
      UserRepository,
      'countTotpFailure' | 'spendRecoveryCode' | 'spendTotpStep' | 'totpSecretOf'
    >,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Uses up a code of the authenticator app, or a recovery code. The caller bounds how often that is tried in a minute.
   *
   * @throws ApiError `second_factor_required` without a code, `invalid_credentials` for a wrong or used one,
   *   `rate_limited` after too many wrong ones in a day
   */
  async require(user: UserRecord, code: string | undefined, origin: CodeOrigin): Promise<void> {
    if (code === undefined) throw new ApiError('second_factor_required');
    if (!(await this.spends(user, code, origin))) throw new ApiError('invalid_credentials');
  }

  /**
   * Recovery codes are too long to guess: they work even after too many wrong codes of the app.
   *
   * @returns false for a wrong or used code
   * @throws ApiError `rate_limited` after too many wrong ones in a day
   */
  async spends(user: UserRecord, code: string, origin: CodeOrigin): Promise<boolean> {
    const secondsClosed = this.secondsClosed(user, origin);
    if (secondsClosed === 0 && (await this.spendsStep(user, code))) return true;
    if (await this.users.spendRecoveryCode(user.id, hashRecoveryCode(code))) return true;
    if (secondsClosed > 0) throw tooManyWrongCodes(secondsClosed);
    await this.users.countTotpFailure(user.id);
    return false;
  }

  /** @returns the time step of an unused code of the app; `undefined` for any other code */
  stepOf(user: UserRecord, code: string): bigint | undefined {
    const secret = this.users.totpSecretOf(user);
    const { totpUsedStep: usedStep } = user;
    return secret === undefined
      ? undefined
      : verifyTotp({ secret, code, usedStep, now: this.now() });
  }

  private async spendsStep(user: UserRecord, code: string): Promise<boolean> {
    const step = this.stepOf(user, code);
    return step !== undefined && this.users.spendTotpStep(user.id, step);
  }

  /** How long codes of the app are refused; 0 while they are accepted. */
  private secondsClosed(
    { totpFailures, totpFailuresSince }: UserRecord,
    origin: CodeOrigin,
  ): number {
    const most = origin === 'known' ? WRONG_CODES_PER_DAY_WHERE_KNOWN : WRONG_CODES_PER_DAY;
    if (totpFailures < most || totpFailuresSince === null) return 0;
    const leftMs = totpFailuresSince.getTime() + DAY_MS - this.now().getTime();
    return Math.max(0, Math.ceil(leftMs / 1_000));
  }
}

function tooManyWrongCodes(seconds: number): ApiError {
  return new ApiError(
    'rate_limited',
    'There were too many wrong codes today. Use a recovery code, or a device on which you signed in before.',
    { headers: { 'Retry-After': String(seconds) } },
  );
}
