import { type PasswordChangedFacts } from '@schoolbell/notices';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { type Author, type LinkPurpose, MOST_RESETS_AT_ONCE } from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { Prisma } from '../../generated/client.js';
import { endSessions } from '../sessions/end-sessions.js';
import type { Visit } from '../sessions/session-record.js';
import { endLinks, userOfLink } from './redeem-link.js';
import { sendLink } from './send-link.js';
import { actorOfUser, normalizedEmail, toUserRecord, type UserRecord } from './user-record.js';

type Tx = Prisma.TransactionClient;
type OfUser = Pick<UserRecord, 'id' | 'tenantId'>;

/** What somebody chose who came by a link. */
export interface LinkChoice {
  passwordHash: string;
  /** Left out: it stays. */
  name?: string;
  /** Of the second factor whose code was checked; null when there was none to check. */
  totpConfirmedAt: Date | null;
}

/**
 * What users do with their own account. Who comes by a link has no tenant yet: that is found by the link, which
 * nobody else has.
 */
export class AccountRepository {
  constructor(private readonly db: Database) {}

  /** Whom a link is for, without using it up. @returns `undefined` for a link that is not good */
  async findByLink(purpose: LinkPurpose, token: string): Promise<UserRecord | undefined> {
    const user = await this.db.prisma.$transaction((tx) => userOfLink(tx, purpose, token));
    return user && toUserRecord(user);
  }

  /**
   * Uses a link up: the password is the chosen one from now on, every session and every other link of the user ends.
   *
   * @returns `undefined` for a link that is not good (any more), and when a second factor was confirmed meanwhile
   */
  async redeemLink(
    purpose: LinkPurpose,
    token: string,
    { passwordHash, name, totpConfirmedAt }: LinkChoice,
    visit: Visit,
  ): Promise<UserRecord | undefined> {
    return this.db.prisma.$transaction(async (tx) => {
      const found = await userOfLink(tx, purpose, token);
      if (!found) return undefined;
      if (found.totpConfirmedAt?.getTime() !== totpConfirmedAt?.getTime()) return undefined;
      const { id } = found;
      const data = { ...newPassword(passwordHash), ...(name !== undefined && { name }) };
      const user = toUserRecord(await tx.user.update({ where: { id }, data }));
      const author = authorOf(user, visit);
      await endLinks(tx, id);
      await endSessions(tx, author, { userId: id, reason: 'password_changed' });
      if (purpose === 'invitation') {
        await record(tx, author, user, 'user.invitation_accepted', { name: user.name });
      } else {
        await record(tx, author, user, 'user.password_reset');
        await tellOfPassword(tx, user, { how: 'reset', address: visit.address });
      }
      return user;
    });
  }

  /**
   * Sends a link for a new password to whoever has this address: nothing when nobody has, or when enough of their
   * links are good. Whoever was invited and has not come yet can come by it too.
   */
  async sendReset(email: string): Promise<void> {
    await this.db.prisma.$transaction(async (tx) => {
      const [user] = await tx.$queryRaw<{ id: string; tenantId: string | null; email: string }[]>`
        SELECT id, tenant_id AS "tenantId", email FROM users WHERE email = ${normalizedEmail(email)} FOR UPDATE`;
      if (!user) return;
      const purpose = 'password_reset';
      const isGood = { userId: user.id, purpose, usedAt: null, expiresAt: { gt: new Date() } };
      if ((await tx.userToken.count({ where: isGood })) >= MOST_RESETS_AT_ONCE) return;
      await sendLink(tx, this.db.secretBox, user, purpose, {});
    });
  }

  /** @returns `undefined` when the user is gone */
  async rename(user: OfUser, name: string, author: Author): Promise<UserRecord | undefined> {
    return asTenantOrPlatform(this.db, user.tenantId, async (tx) => {
      const was = await lockUser(tx, user);
      if (!was || was.name === name) return was;
      const data = { name, updatedAt: new Date() };
      const row = await tx.user.update({ where: { id: user.id }, data });
      await record(tx, author, user, 'user.updated', { name }, { name: was.name });
      return toUserRecord(row);
    });
  }

  /**
   * Ends the user's links, and all sessions but the one that it was changed in.
   *
   * @param from the hash of the password that was checked
   * @returns false when it is another one by now
   */
  async changePassword(
    user: OfUser & Pick<UserRecord, 'email'>,
    { from, to, sessionId }: { from: string; to: string; sessionId: string },
    author: Author,
  ): Promise<boolean> {
    return asTenantOrPlatform(this.db, user.tenantId, async (tx) => {
      const { id } = user;
      const where = { id, passwordHash: from };
      const { count } = await tx.user.updateMany({ where, data: newPassword(to) });
      if (count === 0) return false;
      await endLinks(tx, id);
      await endSessions(tx, author, { userId: id, except: sessionId, reason: 'password_changed' });
      await record(tx, author, user, 'user.password_changed');
      await tellOfPassword(tx, user, { how: 'changed', address: author.address });
      return true;
    });
  }
}

function newPassword(passwordHash: string) {
  const now = new Date();
  return { passwordHash, passwordChangedAt: now, updatedAt: now };
}

function authorOf(user: UserRecord, { address, requestId }: Visit): Author {
  return { actor: actorOfUser(user), address, requestId };
}

async function lockUser(tx: Tx, { id, tenantId }: OfUser): Promise<UserRecord | undefined> {
  await tx.$queryRaw`SELECT FROM users WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.user.findFirst({ where: { id, tenantId } });
  return row ? toUserRecord(row) : undefined;
}

async function record(
  tx: Tx,
  author: Author,
  { id, tenantId }: OfUser,
  action: string,
  after?: { name: string },
  before?: { name: string },
): Promise<void> {
  const resource = { kind: 'user', id: toTypeId('user', id) };
  await recordChange(tx, author, { tenantId, action, resource, before, after });
}

async function tellOfPassword(
  tx: Tx,
  { tenantId, email }: OfUser & Pick<UserRecord, 'email'>,
  facts: PasswordChangedFacts,
): Promise<void> {
  const data = { id: uuidV7(), tenantId, kind: 'password.changed', recipient: email };
  await tx.mail.createMany({ data: { ...data, facts: { ...facts } } });
}
