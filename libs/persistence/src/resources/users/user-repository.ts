import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { normalizedEmail, toUserRecord, type UserRecord } from './user-record.js';

const IS_COUNTED = Prisma.sql`totp_failures_since > now() - interval '24 hours'`;

/** Finds users for signing in. Nothing here asks whose tenant it is: that is what signing in finds out. */
export class UserRepository {
  constructor(private readonly db: Pick<Database, 'prisma' | 'secretBox'>) {}

  async findByEmail(email: string): Promise<UserRecord | undefined> {
    const row = await this.db.prisma.user.findUnique({ where: { email: normalizedEmail(email) } });
    return row ? toUserRecord(row) : undefined;
  }

  /** @param id UUID */
  async findById(id: string): Promise<UserRecord | undefined> {
    const row = await this.db.prisma.user.findUnique({ where: { id } });
    return row ? toUserRecord(row) : undefined;
  }

  /** The secret of a user's authenticator app, in base32. @throws DecryptionError */
  totpSecretOf({ totpSecret }: Pick<UserRecord, 'totpSecret'>): string | undefined {
    return totpSecret === null ? undefined : this.db.secretBox.decrypt(totpSecret);
  }

  /** Stores the same password hashed anew. @returns false when it was changed or hashed anew meanwhile */
  async renewHash(id: string, from: string, to: string): Promise<boolean> {
    const { count } = await this.db.prisma.user.updateMany({
      where: { id, passwordHash: from },
      data: { passwordHash: to },
    });
    return count > 0;
  }

  /** @returns false when somebody was faster: each code counts once, also at the same moment */
  async spendTotpStep(id: string, step: bigint): Promise<boolean> {
    const { count } = await this.db.prisma.user.updateMany({
      where: { id, OR: [{ totpUsedStep: null }, { totpUsedStep: { lt: step } }] },
      data: { totpUsedStep: step },
    });
    return count > 0;
  }

  /** Counts a wrong code, among those of the 24 hours that begin with the first one. */
  async countTotpFailure(id: string): Promise<void> {
    await this.db.prisma.$executeRaw`
      UPDATE users SET
        totp_failures = CASE WHEN ${IS_COUNTED} THEN totp_failures + 1 ELSE 1 END,
        totp_failures_since = CASE WHEN ${IS_COUNTED} THEN totp_failures_since ELSE now() END
      WHERE id = ${id}::uuid`;
  }

  /** @returns false when somebody was faster: each code counts once, also at the same moment */
  async spendRecoveryCode(id: string, hash: string): Promise<boolean> {
    const count = await this.db.prisma.$executeRaw`
      UPDATE users SET recovery_codes = array_remove(recovery_codes, ${hash}), updated_at = now()
      WHERE id = ${id}::uuid AND ${hash} = ANY (recovery_codes)`;
    return count > 0;
  }
}
