import { Injectable } from '@nestjs/common';
import { faultOfPassword } from '@schoolbell/identity';
import { PasswordHasher } from '@schoolbell/passwords';
import { validationFailed } from '../http/api-error.js';

/** Judges and hashes the passwords that people choose. */
@Injectable()
export class NewPasswords {
  constructor(private readonly hasher: PasswordHasher) {}

  /** @throws ApiError `validation_failed` with what is wrong with it */
  async hashed(password: string): Promise<string> {
    await this.require(password);
    return this.hasher.hash(password);
  }

  /** @throws ApiError `validation_failed` with what is wrong with it */
  async require(password: string): Promise<void> {
    const message = await faultOfPassword(password);
    if (message !== undefined) throw validationFailed([{ path: 'password', message }]);
  }
}
