import { Injectable } from '@nestjs/common';
import type { Author } from '@schoolbell/identity';
import { TeamRepository, type UserRecord } from '@schoolbell/persistence';
import { ApiKeyAuthenticator } from '../auth/api-key-authenticator.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { ApiError, notFound } from '../http/api-error.js';
import { NewPasswords } from '../accounts/new-passwords.js';
import type { Team } from './teams.js';
import type { ChangeUser, CreateUser } from './user-input.js';

/** Adds, changes and removes the users of a team. */
@Injectable()
export class UsersService {
  constructor(
    private readonly team: TeamRepository,
    private readonly passwords: NewPasswords,
    private readonly authenticator: UserAuthenticator,
    private readonly keys: ApiKeyAuthenticator,
  ) {}

  /** @throws ApiError `validation_failed` for a bad password, `email_taken` */
  async create(team: Team, body: CreateUser, author: Author): Promise<UserRecord> {
    const { password, ...draft } = body;
    const passwordHash = password === undefined ? null : await this.passwords.hashed(password);
    const outcome = await this.team.create(team, { ...draft, passwordHash }, author);
    if (outcome.kind === 'email_taken') throw new ApiError('email_taken');
    return outcome.user;
  }

  /** @throws ApiError `not_found`, `last_owner` */
  async update(team: Team, id: string, change: ChangeUser, author: Author): Promise<UserRecord> {
    const outcome = await this.team.update(team, id, change, author);
    if (outcome.kind !== 'updated') throw refusalOf(outcome.kind);
    this.forget();
    return outcome.user;
  }

  /** @throws ApiError `not_found`, `last_owner` */
  async remove(team: Team, id: string, author: Author): Promise<void> {
    const outcome = await this.team.remove(team, id, author);
    if (outcome.kind !== 'removed') throw refusalOf(outcome.kind);
    this.forget();
  }

  private forget(): void {
    this.authenticator.forgetAll();
    this.keys.forgetAll();
  }
}

function refusalOf(kind: 'not_found' | 'last_owner'): ApiError {
  return kind === 'not_found' ? notFound('user') : new ApiError('last_owner');
}
