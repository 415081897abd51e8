import { toTypeId } from '@schoolbell/ids';
import { type Author, type Permission, ROLE_PERMISSIONS, type Role } from '@schoolbell/identity';
import type { TenantTransaction } from '../../database/as-tenant.js';
import { recordChange } from '../../database/record-change.js';
import { ofApiKey } from '../api-keys/audited-api-key.js';

/** Whoever has these could give themselves back what was taken from them, or see who did. */
const LOOKING_AFTER: readonly Permission[] = ['users:write', 'keys:write', 'audit:read'];

/**
 * Revokes the keys that a user made by which they could still look after users, keys or the audit log, without being
 * allowed to. Other keys go on: what runs on them does not stop since somebody left.
 *
 * @param role the user's new one; undefined for one who is removed
 */
export async function revokeKeysBeyond(
  tx: TenantTransaction,
  author: Author,
  { tenantId, id, role }: { tenantId: string | null; id: string; role: Role | undefined },
): Promise<void> {
  const allowed = role ? ROLE_PERMISSIONS[role] : [];
  const beyond = LOOKING_AFTER.filter((permission) => !allowed.includes(permission));
  const revoked = await tx.apiKey.updateManyAndReturn({
    where: {
      tenantId,
      createdBy: toTypeId('user', id),
      revokedAt: null,
      permissions: { hasSome: beyond },
    },
    data: { revokedAt: new Date() },
  });
  for (const key of revoked) {
    const before = { name: key.name, prefix: key.prefix, permissions: key.permissions };
    await recordChange(tx, author, { ...ofApiKey(key), action: 'api_key.revoked', before });
  }
}
