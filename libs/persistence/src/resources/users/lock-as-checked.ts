import type { Prisma } from '../../generated/client.js';
import type { UserRecord } from './user-record.js';

type Checked = Pick<UserRecord, 'passwordHash' | 'totpConfirmedAt'>;

/**
 * Locks a user, so that neither password nor second factor changes before the transaction ends.
 *
 * @returns false when one of them is not what was checked any more, or the user is gone
 */
export async function lockAsChecked(
  tx: Pick<Prisma.TransactionClient, '$queryRaw'>,
  { id, ...checked }: Checked & Pick<UserRecord, 'id'>,
): Promise<boolean> {
  const [now] = await tx.$queryRaw<Checked[]>`
    SELECT password_hash AS "passwordHash", totp_confirmed_at AS "totpConfirmedAt"
    FROM users WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return (
    now !== undefined &&
    now.passwordHash === checked.passwordHash &&
    now.totpConfirmedAt?.getTime() === checked.totpConfirmedAt?.getTime()
  );
}
