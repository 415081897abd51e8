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
  /** What the device's cookie says. */
  deviceToken: string | undefined;
}

/** Finds out whether somebody is who they say. */
export class LoginCheck {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly secondFactor: SecondFactorCheck,
    private readonly devices: KnownDevices,
    private readonly limiter: LoginLimiter,
  ) {}

  /**
   * The answer to an unknown e-mail address is that to a wrong password, and takes as long.
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

  /** @returns the user with the hash that is stored by now */
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
    // Somebody was faster, with the same password or with another one.
    return this.checked(await this.users.findById(user.id), password);
  }

  /** Who tries codes knows the password: asking for one is not yet a trial. */
  private async requireSecondFactor(
    user: UserRecord,
    code: string | undefined,
    origin: CodeOrigin,
  ): Promise<void> {
    if (code !== undefined) this.limiter.countCode(user.id);
    await this.secondFactor.require(user, code, origin);
  }
}
