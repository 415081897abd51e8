import { type FactsOf } from '@schoolbell/notices';
import { uuidV7 } from '@schoolbell/ids';
import { LINK_LIFETIME_MS, type LinkPurpose } from '@schoolbell/identity';
import type { SecretBox } from '../../database/encryption.js';
import type { Prisma } from '../../generated/client.js';
import { makeLinkToken } from './link-token.js';

/** Whom a link is for. */
interface LinkReceiver {
  /** UUID. */
  id: string;
  tenantId: string | null;
  email: string;
}

const MAIL_KIND = { invitation: 'user.invited', password_reset: 'password.reset' } as const;

type FactsOfLink = {
  [Purpose in LinkPurpose]: Omit<
    FactsOf[(typeof MAIL_KIND)[Purpose]],
    'linkToken' | 'linkExpiresAt'
  >;
};

/**
 * Makes a link and stores the e-mail that brings it, under the same id. The token itself is stored encrypted, and
 * only until the link is used or has expired.
 */
export async function sendLink<Purpose extends LinkPurpose>(
  tx: Prisma.TransactionClient,
  box: SecretBox,
  { id: userId, tenantId, email }: LinkReceiver,
  purpose: Purpose,
  facts: FactsOfLink[Purpose],
): Promise<void> {
  const id = uuidV7();
  const { token, hash } = makeLinkToken();
  const sealedToken = box.encrypt(token);
  const expiresAt = new Date(Date.now() + LINK_LIFETIME_MS[purpose]);
  await tx.userToken.createMany({
    data: { id, userId, tenantId, purpose, hash: new Uint8Array(hash), sealedToken, expiresAt },
  });
  await tx.mail.createMany({
    data: {
      id,
      tenantId,
      kind: MAIL_KIND[purpose],
      recipient: email,
      facts: { ...facts, linkExpiresAt: expiresAt.toISOString() },
    },
  });
}
