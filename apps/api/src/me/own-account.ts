import { Injectable } from '@nestjs/common';
import type { Author } from '@schoolbell/identity';
import { PasswordHasher } from '@schoolbell/passwords';
import { AccountRepository, type UserRecord, UserRepository } from '@schoolbell/persistence';
import { unauthenticated } from '../auth/authenticator.js';
import type { UserPrincipal } from '../auth/principal.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { ApiError } from '../http/api-error.js';
import { AccountLimiter } from '../accounts/account-limiter.js';
import { NewPasswords } from '../accounts/new-passwords.js';
import type { ChangeMe, ChangePassword } from './profile-input.js';

/** Changes of users to their own account. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
    private readonly passwords: NewPasswords,
    private readonly limiter: AccountLimiter,
    private readonly authenticator: UserAuthenticator,
  ) {}

  /** @throws ApiError `unauthenticated` when the user was removed a moment ago */
  async of({ id }: UserPrincipal): Promise<UserRecord> {
    const user = await this.users.findById(id);
    if (!user) throw unauthenticated();
    return user;
  }

  /** @throws ApiError `unauthenticated` */
  async rename(me: UserPrincipal, { name }: ChangeMe, author: Author): Promise<UserRecord> {
    if (name === undefined) return this.of(me);
    const user = await this.accounts.rename(me, name, author);
    if (!user) throw unauthenticated();
    return user;
  }

  /** @throws ApiError `rate_limited`, `validation_failed`, `wrong_password` */
  async changePassword(
    me: UserPrincipal,
    { current, password }: ChangePassword,
    author: Author,
  ): Promise<void> {
    const user = await this.of(me);
    await this.requirePassword(user, current);
    const to = await this.passwords.hashed(password);
    const change = { from: user.passwordHash!, to, sessionId: me.sessionId };
    if (!(await this.accounts.changePassword(user, change, author))) {
      throw new ApiError('wrong_password');
    }
    this.authenticator.forgetAll();
  }

  /** @throws ApiError `rate_limited`, `wrong_password` */
  async requirePassword({ id, passwordHash }: UserRecord, password: string): Promise<void> {
    this.limiter.countProof(id);
    const { matches } = await this.hasher.verify(passwordHash, password);
    if (!matches) throw new ApiError('wrong_password');
  }
}
