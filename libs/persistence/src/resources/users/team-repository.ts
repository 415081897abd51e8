import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { type Author, keepsAnOwner, type Owner, type Role } from '@schoolbell/identity';
import { asTenantOrPlatform, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import type { PageRequest } from '../../database/page-request.js';
import { recordChange } from '../../database/record-change.js';
import { Prisma } from '../../generated/client.js';
import { endSessions } from '../sessions/end-sessions.js';
import { endLinks } from './redeem-link.js';
import { revokeKeysBeyond } from './revoke-keys-beyond.js';
import { sendLink } from './send-link.js';
import { toUserRecord, type UserRecord } from './user-record.js';

export interface UserDraft {
  /** In lower case. */
  email: string;
  name: string;
  role: Role;
  /** Null: an invitation is sent. */
  passwordHash: string | null;
}

export interface UserChange {
  name?: string | undefined;
  role?: Role | undefined;
}

export type UserCreation = { kind: 'created'; user: UserRecord } | { kind: 'email_taken' };

/** `last_owner`: the tenant would have nobody in charge. */
export type UserUpdate =
  { kind: 'updated'; user: UserRecord } | { kind: 'not_found' } | { kind: 'last_owner' };

export type UserRemoval = { kind: 'removed' } | { kind: 'not_found' } | { kind: 'last_owner' };

const UNIQUE_VIOLATION = 'P2002';

/** The users of one tenant, or of the platform where the tenant is null. */
export class TeamRepository {
  constructor(private readonly db: Database) {}

  /** With a password the user can sign in at once, else an invitation is on its way. */
  async create(
    tenantId: string | null,
    { passwordHash, ...draft }: UserDraft,
    author: Author,
  ): Promise<UserCreation> {
    try {
      return await asTenantOrPlatform(this.db, tenantId, async (tx) => {
        const id = uuidV7();
        const password = passwordHash && { passwordHash, passwordChangedAt: new Date() };
        const row = await tx.user.create({ data: { id, tenantId, ...draft, ...password } });
        const { email, name, role } = draft;
        if (!passwordHash) {
          const facts = { role, invitedBy: author.actor.name };
          await sendLink(tx, this.db.secretBox, row, 'invitation', facts);
        }
        await recordChange(tx, author, {
          tenantId,
          action: passwordHash ? 'user.created' : 'user.invited',
          resource: resourceOf(id),
          after: { email, name, role },
        });
        return { kind: 'created', user: toUserRecord(row) };
      });
    } catch (error) {
      if (isTaken(error)) return { kind: 'email_taken' };
      throw error;
    }
  }

  /** Newest first. */
  async list(tenantId: string | null, { before, limit }: PageRequest): Promise<UserRecord[]> {
    const rows = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.user.findMany({
        where: { tenantId, ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
      }),
    );
    return rows.map(toUserRecord);
  }

  /** @param id UUID */
  async find(tenantId: string | null, id: string): Promise<UserRecord | undefined> {
    const row = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.user.findFirst({ where: { id, tenantId } }),
    );
    return row ? toUserRecord(row) : undefined;
  }

  /** Sends another link to a user who has not come yet; those of before end. */
  async inviteAgain(
    tenantId: string | null,
    id: string,
    author: Author,
  ): Promise<'invited' | 'not_found' | 'active'> {
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const user = await lockUser(tx, tenantId, id);
      if (!user) return 'not_found';
      if (user.passwordHash !== null) return 'active';
      await endLinks(tx, id);
      const facts = { role: user.role, invitedBy: author.actor.name };
      await sendLink(tx, this.db.secretBox, user, 'invitation', facts);
      const action = 'user.invitation_resent';
      await recordChange(tx, author, { tenantId, action, resource: resourceOf(id) });
      return 'invited';
    });
  }

  /** A new role ends the sessions of the user, who signs in again with it. */
  async update(
    tenantId: string | null,
    id: string,
    change: UserChange,
    author: Author,
  ): Promise<UserUpdate> {
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const owners = await lockOwners(tx, tenantId);
      const user = await lockUser(tx, tenantId, id);
      if (!user) return { kind: 'not_found' };
      const data = whatChanges(user, change);
      if (data.role && isLastOwner(user, owners)) return { kind: 'last_owner' };
      if (Object.keys(data).length === 0) return { kind: 'updated', user };
      const row = await tx.user.update({ where: { id }, data: { ...data, updatedAt: new Date() } });
      if (data.role) {
        await endSessions(tx, author, { userId: id, reason: 'role_changed' });
        await revokeKeysBeyond(tx, author, { tenantId, id, role: data.role });
      }
      const before = Object.fromEntries(
        Object.keys(data).map((field) => [field, user[field as keyof UserChange]]),
      );
      const resource = resourceOf(id);
      await recordChange(tx, author, {
        tenantId,
        action: 'user.updated',
        resource,
        before,
        after: data,
      });
      return { kind: 'updated', user: toUserRecord(row) };
    });
  }

  /** With all sessions and links. */
  async remove(tenantId: string | null, id: string, author: Author): Promise<UserRemoval> {
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const owners = await lockOwners(tx, tenantId);
      const user = await lockUser(tx, tenantId, id);
      if (!user) return { kind: 'not_found' };
      if (isLastOwner(user, owners)) return { kind: 'last_owner' };
      await endSessions(tx, author, { userId: id, reason: 'user_removed' });
      await revokeKeysBeyond(tx, author, { tenantId, id, role: undefined });
      await tx.user.deleteMany({ where: { id, tenantId } });
      const { email, name, role } = user;
      await recordChange(tx, author, {
        tenantId,
        action: 'user.removed',
        resource: resourceOf(id),
        before: { email, name, role },
      });
      return { kind: 'removed' };
    });
  }
}

function resourceOf(id: string) {
  return { kind: 'user', id: toTypeId('user', id) };
}

/** Two owners who demote each other at one moment come here one after the other. */
async function lockOwners(tx: TenantTransaction, tenantId: string | null): Promise<Owner[]> {
  return tx.$queryRaw<Owner[]>`
    SELECT id, password_hash IS NOT NULL AS active FROM users
    WHERE tenant_id = ${tenantId}::uuid AND role = 'owner' ORDER BY id FOR UPDATE`;
}

async function lockUser(
  tx: TenantTransaction,
  tenantId: string | null,
  id: string,
): Promise<UserRecord | undefined> {
  await tx.$queryRaw`SELECT FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.user.findFirst({ where: { id, tenantId } });
  return row ? toUserRecord(row) : undefined;
}

function isLastOwner({ id, role }: UserRecord, owners: readonly Owner[]): boolean {
  return role === 'owner' && !keepsAnOwner(owners, id);
}

/** What is sent as it is already changes nothing: nobody is signed out for it. */
function whatChanges(user: UserRecord, { name, role }: UserChange) {
  return {
    ...(name !== undefined && name !== user.name && { name }),
    ...(role !== undefined && role !== user.role && { role }),
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION;
}
