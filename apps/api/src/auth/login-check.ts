import type { PasswordHasher } from '@schoolbell/passwords';
import { normalizedEmail, type UserRecord, type UserRepository } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import type { KnownDevices } from './known-devices.js';
import type { Login } from './login-documents.js';
import type { LoginLimiter } from './login-limiter.js';
import type { CodeOrigin, SecondFactorCheck } from './second-factor-check.js';

/** Where a login comes from. */
interface LoginOrigin {
  /** IP address. */
  address: string;
  /** The value of the device's cookie. */
  deviceToken: string | undefined;
}

/** Checks who somebody is. */
export class LoginCheck {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly secondFactor: SecondFactorCheck,
    private readonly devices: KnownDevices,
    private readonly limiter: LoginLimiter,
  ) {}

  /**
   * An unknown e-mail address gets the same answer as a wrong password, after the same time.
   *
   * @throws ApiError `invalid_credentials`, `second_factor_required`, `rate_limited`
   */
  async userOf(login: Login, { address, deviceToken }: LoginOrigin): Promise<UserRecord> {
    const email = normalizedEmail(login.email);
    const found = await this.users.findByEmail(email);
    const device = found && this.devices.idOf(deviceToken, found);
    this.limiter.count({ email, address, device });
    const user = await this.checked(found, login.password);
    if (user.totpConfirmedAt !== null) {
      await this.requireSecondFactor(user, login.code, device ? 'known' : 'unknown');
    }
    return user;
  }

  /** @returns the user, with the password hash that is stored now */
  private async checked(user: UserRecord | undefined, password: string): Promise<UserRecord> {
    const { matches, outdated } = await this.hasher.verify(user?.passwordHash ?? null, password);
    if (!user || !matches) throw new ApiError('invalid_credentials');
    return outdated ? this.hashedAnew(user, password) : user;
  }

  private async hashedAnew(user: UserRecord, password: string): Promise<UserRecord> {
    const passwordHash = await this.hasher.hash(password);
    if (await this.users.renewHash(user.id, user.passwordHash!, passwordHash)) {
      return { ...user, passwordHash };
    }
    // Another login replaced the hash meanwhile, or the user changed the password.
    return this.checked(await this.users.findById(user.id), password);
  }

  /** Whoever tries codes knows the password; the first request, without a code, is not a trial yet. */
  private async requireSecondFactor(
    user: UserRecord,
    code: string | undefined,
    origin: CodeOrigin,
  ): Promise<void> {
    if (code !== undefined) this.limiter.countCode(user.id);
    await this.secondFactor.require(user, code, origin);
  }
}
