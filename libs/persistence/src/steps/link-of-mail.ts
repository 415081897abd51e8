import { LINK_MAIL_KINDS, type Mail } from '@schoolbell/notices';
import type { SecretBox } from '../database/encryption.js';
import { Prisma } from '../generated/client.js';

/** The token that a mail `m` brings, encrypted, as long as its link works: the two have one id. */
export const LINK_OF_MAIL = Prisma.sql`(
  SELECT k.sealed_token FROM user_tokens k WHERE k.id = m.id AND k.used_at IS NULL AND k.expires_at > now())`;

/** A mail as it is stored: without the token of its link. */
export type StoredMail<Row extends Mail> = Row & { sealedToken?: string | null };

/**
 * Puts the token of a link among the facts, and null where none was asked for or the link works no more. A token that
 * cannot be read leaves no facts: the mail is damaged.
 */
export function withLink<Row extends Mail>(stored: StoredMail<Row>, box: SecretBox): Row {
  const { sealedToken, ...mail } = stored;
  if (!LINK_MAIL_KINDS.includes(mail.kind)) return mail as unknown as Row;
  return { ...mail, facts: factsWithLink(mail.facts, sealedToken ?? null, box) } as unknown as Row;
}

function factsWithLink(facts: object, sealedToken: string | null, box: SecretBox): object {
  try {
    return { ...facts, linkToken: sealedToken === null ? null : box.decrypt(sealedToken) };
  } catch {
    return {};
  }
}
