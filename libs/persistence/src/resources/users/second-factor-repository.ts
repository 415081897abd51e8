import { type SecondFactorChangedFacts } from '@schoolbell/notices';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { Prisma } from '../../generated/client.js';
import { endSessions } from '../sessions/end-sessions.js';
import type { UserRecord } from './user-record.js';

type OfUser = Pick<UserRecord, 'id' | 'tenantId' | 'email'>;

/** What a user's second factor is made of, once a code has shown that their app has the secret. */
export interface Confirmation {
  /** The ciphertext whose secret the code was of. */
  totpSecret: string;
  /** The step of that code, which counts once. */
  usedStep: bigint;
  /** SHA-256 of the recovery codes. */
  recoveryCodes: string[];
  /** UUID of the session that it happens in. */
  sessionId: string;
}

/** What becomes of a user's second factor. */
interface Change {
  /** What must hold until then. */
  where: Prisma.UserWhereInput;
  data: Prisma.UserUncheckedUpdateManyInput;
  how: SecondFactorChangedFacts['how'];
}

const ACTIONS: Record<Change['how'], string> = {
  enabled: 'user.second_factor_enabled',
  disabled: 'user.second_factor_disabled',
  reset: 'user.second_factor_reset',
  recovery_codes_replaced: 'user.recovery_codes_replaced',
};
const IS_IN_USE = { totpConfirmedAt: { not: null } };
const NONE = {
  totpSecret: null,
  totpConfirmedAt: null,
  totpUsedStep: null,
  recoveryCodes: [],
  totpFailures: 0,
  totpFailuresSince: null,
};

/** Sets up and removes the second factor of a user. */
export class SecondFactorRepository {
  constructor(private readonly db: Pick<Database, 'prisma' | 'secretBox'>) {}

  /**
   * Keeps a new secret, encrypted, until a code confirms it; one that was not confirmed is replaced.
   *
   * @param secret base32
   * @returns false while a second factor is in use
   */
  async begin({ id, tenantId }: Omit<OfUser, 'email'>, secret: string): Promise<boolean> {
    const data = { totpSecret: this.db.secretBox.encrypt(secret), totpUsedStep: null };
    const { count } = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.user.updateMany({ where: { id, totpConfirmedAt: null }, data }),
    );
    return count > 0;
  }

  /**
   * Ends the other sessions of the user, which the password alone has opened.
   *
   * @returns false when the secret was replaced or confirmed meanwhile
   */
  async confirm(user: OfUser, confirmation: Confirmation, author: Author): Promise<boolean> {
    const { totpSecret, usedStep, recoveryCodes, sessionId: except } = confirmation;
    const where = { totpSecret, totpConfirmedAt: null };
    const data = { totpConfirmedAt: new Date(), totpUsedStep: usedStep, recoveryCodes };
    return asTenantOrPlatform(this.db, user.tenantId, async (tx) => {
      if (!(await change(tx, user, { where, data, how: 'enabled' }, author))) return false;
      const reason = 'second_factor_enabled';
      await endSessions(tx, author, { userId: user.id, except, reason });
      return true;
    });
  }

  /** @param recoveryCodes SHA-256 of each @returns false when there is no second factor any more */
  async replaceRecoveryCodes(
    user: OfUser,
    recoveryCodes: string[],
    author: Author,
  ): Promise<boolean> {
    const data = { recoveryCodes };
    const how = 'recovery_codes_replaced';
    return asTenantOrPlatform(this.db, user.tenantId, (tx) =>
      change(tx, user, { where: IS_IN_USE, data, how }, author),
    );
  }

  /** @returns false when there is no second factor any more */
  async disable(user: OfUser, author: Author): Promise<boolean> {
    return asTenantOrPlatform(this.db, user.tenantId, (tx) =>
      change(tx, user, { where: IS_IN_USE, data: NONE, how: 'disabled' }, author),
    );
  }

  /**
   * Removes it for a user who has lost app and recovery codes, and ends the sessions, so that whoever has found the
   * lost device is no longer signed in.
   *
   * @returns false when there is none
   */
  async reset(user: OfUser, author: Author): Promise<boolean> {
    return asTenantOrPlatform(this.db, user.tenantId, async (tx) => {
      const to = { where: IS_IN_USE, data: NONE, how: 'reset' } as const;
      if (!(await change(tx, user, to, author))) return false;
      await endSessions(tx, author, { userId: user.id, reason: 'second_factor_reset' });
      return true;
    });
  }
}

async function change(
  tx: Prisma.TransactionClient,
  { id, tenantId, email }: OfUser,
  { where, data, how }: Change,
  author: Author,
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { id, ...where },
    data: { ...data, updatedAt: new Date() },
  });
  if (count === 0) return false;
  const resource = { kind: 'user', id: toTypeId('user', id) };
  await recordChange(tx, author, { tenantId, action: ACTIONS[how], resource });
  const facts = { how, by: author.actor.name, address: author.address };
  const mail = { id: uuidV7(), tenantId, kind: 'second_factor.changed', recipient: email, facts };
  await tx.mail.createMany({ data: mail });
  return true;
}
