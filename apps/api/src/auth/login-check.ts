import type { PasswordHasher } from '@schoolbell/passwords';
import { normalizedEmail, type UserRecord, type UserRepository } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import type { KnownDevices } from './known-devices.js';
import type { Login } from './login-documents.js';
import type { LoginLimiter } from './login-limiter.js';
import type { SecondFactorCheck } from './second-factor-check.js';

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
    const device = this.devices.idOf(deviceToken, email);
    this.limiter.count({ email, address, device });
    const user = await this.users.findByEmail(email);
    const { matches, outdated } = await this.hasher.verify(
      user?.passwordHash ?? null,
      login.password,
    );
    if (!user || !matches) throw new ApiError('invalid_credentials');
    if (user.totpConfirmedAt !== null) await this.#requireSecondFactor(user, login.code, device);
    if (outdated) await this.#hashAnew(user, login.password);
    return user;
  }

  /** Who tries codes knows the password: asking for one is not yet a trial. */
  async #requireSecondFactor(
    user: UserRecord,
    code: string | undefined,
    device: string | undefined,
  ): Promise<void> {
    if (code !== undefined) this.limiter.countCode(user.id, device);
    await this.secondFactor.require(user, code);
  }

  async #hashAnew({ id, passwordHash }: UserRecord, password: string): Promise<void> {
    await this.users.renewHash(id, passwordHash!, await this.hasher.hash(password));
  }
}
