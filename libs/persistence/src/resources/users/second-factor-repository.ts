import { toTypeId } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { asTeam } from '../../database/as-team.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { UserRecord } from './user-record.js';

type OfUser = Pick<UserRecord, 'id' | 'tenantId'>;

/** What a user's second factor is made of, once a code has shown that their app has the secret. */
export interface Confirmation {
  /** The ciphertext whose secret the code was of. */
  totpSecret: string;
  /** The step of that code, which counts once. */
  usedStep: bigint;
  /** SHA-256 of the recovery codes. */
  recoveryCodes: string[];
}

/** Sets up and takes away the second factor of a user. */
export class SecondFactorRepository {
  constructor(private readonly db: Pick<Database, 'prisma' | 'secretBox'>) {}

  /**
   * Keeps a new secret, encrypted, until a code confirms it; one that was not confirmed is replaced.
   *
   * @param secret base32
   * @returns false while a second factor is in use
   */
  async begin({ id, tenantId }: OfUser, secret: string): Promise<boolean> {
    const data = { totpSecret: this.db.secretBox.encrypt(secret), totpUsedStep: null };
    const { count } = await asTeam(this.db, tenantId, (tx) =>
      tx.user.updateMany({ where: { id, totpConfirmedAt: null }, data }),
    );
    return count > 0;
  }

  /** @returns false when the secret was replaced or confirmed meanwhile */
  async confirm(user: OfUser, confirmation: Confirmation, author: Author): Promise<boolean> {
    const { totpSecret, usedStep, recoveryCodes } = confirmation;
    const isNew = { totpSecret, totpConfirmedAt: null };
    const data = { totpConfirmedAt: new Date(), totpUsedStep: usedStep, recoveryCodes };
    return this.#change(user, isNew, data, 'user.second_factor_enabled', author);
  }

  /** @param recoveryCodes SHA-256 of each @returns false when there is no second factor any more */
  async replaceRecoveryCodes(
    user: OfUser,
    recoveryCodes: string[],
    author: Author,
  ): Promise<boolean> {
    const isInUse = { totpConfirmedAt: { not: null } };
    return this.#change(user, isInUse, { recoveryCodes }, 'user.recovery_codes_replaced', author);
  }

  /** @returns false when there is no second factor any more */
  async disable(user: OfUser, author: Author): Promise<boolean> {
    const isInUse = { totpConfirmedAt: { not: null } };
    const nothing = {
      totpSecret: null,
      totpConfirmedAt: null,
      totpUsedStep: null,
      recoveryCodes: [],
    };
    return this.#change(user, isInUse, nothing, 'user.second_factor_disabled', author);
  }

  async #change(
    { id, tenantId }: OfUser,
    where: object,
    data: object,
    action: string,
    author: Author,
  ): Promise<boolean> {
    return asTeam(this.db, tenantId, async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { id, ...where },
        data: { ...data, updatedAt: new Date() },
      });
      if (count === 0) return false;
      const resource = { kind: 'user', id: toTypeId('user', id) };
      await recordChange(tx, author, { tenantId, action, resource });
      return true;
    });
  }
}
