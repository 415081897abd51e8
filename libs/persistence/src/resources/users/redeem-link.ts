import type { LinkPurpose } from '@schoolbell/identity';
import { Prisma, type User } from '../../generated/client.js';
import { hashLinkToken } from './link-token.js';

type Transaction = Prisma.TransactionClient;

/**
 * Finds whom a link is for, and locks the user, so that of two that come with one link the second waits, and finds
 * it used. In that order, like everything that changes a user: nobody waits for us who has what we want.
 *
 * @returns `undefined` when the link was used, has expired, or never was
 */
export async function userOfLink(
  tx: Transaction,
  purpose: LinkPurpose,
  token: string,
): Promise<User | undefined> {
  const hash = new Uint8Array(hashLinkToken(token));
  const isGood = { hash, purpose, usedAt: null, expiresAt: { gt: new Date() } };
  const found = await tx.userToken.findFirst({ where: isGood, select: { userId: true } });
  if (!found) return undefined;
  await tx.$queryRaw`SELECT FROM users WHERE id = ${found.userId}::uuid FOR UPDATE`;
  const still = await tx.userToken.findFirst({ where: isGood, include: { user: true } });
  return still?.user;
}

/** Ends every link that a user has: the one that was used now, and those that the new password makes pointless. */
export async function endLinks(tx: Transaction, userId: string): Promise<void> {
  await tx.userToken.updateMany({
    where: { userId, usedAt: null },
    data: { usedAt: new Date(), sealedToken: null },
  });
}
