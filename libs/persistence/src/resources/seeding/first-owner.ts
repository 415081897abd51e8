import { fromTypeId, uuidV7 } from '@schoolbell/ids';
import type { Database } from '../../database/database.js';
import { normalizedEmail } from '../users/user-record.js';

/** Hashes a password as signing in expects it. */
interface PasswordHashing {
  hash(password: string): Promise<string>;
}

/**
 * Stores the first user of a tenant, its owner, who signs in with a password. A tenant that has users stays as it is:
 * nobody comes back who was removed, and no password that was changed.
 *
 * @param tenantId TypeID
 */
export async function ensureFirstOwner(
  { prisma }: Pick<Database, 'prisma'>,
  tenantId: string,
  login: { email: string; password: string },
  hasher: PasswordHashing,
): Promise<void> {
  const ofTenant = fromTypeId('tenant', tenantId);
  if (!ofTenant) throw new Error(`"${tenantId}" is not a tenant id.`);
  if ((await prisma.user.count({ where: { tenantId: ofTenant } })) > 0) return;
  const passwordHash = await hasher.hash(login.password);
  const email = normalizedEmail(login.email);
  const owner = {
    id: uuidV7(),
    tenantId: ofTenant,
    email,
    name: 'Owner',
    role: 'owner',
    passwordHash,
  };
  await prisma.user.createMany({ data: [owner], skipDuplicates: true });
}
