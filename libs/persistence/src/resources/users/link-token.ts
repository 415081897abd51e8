import { createHash, randomBytes } from 'node:crypto';
import { base58 } from '../api-keys/base58.js';

const TOKEN_BYTES = 32;

/** What makes a link good: it goes into an e-mail, and its hash into the database. */
interface LinkToken {
  /** 32 random bytes in base58: nothing that a mail program cuts off at the end of a URL. */
  token: string;
  hash: Buffer;
}

/** @param random 32 bytes; injected by tests */
export function makeLinkToken(random: Buffer = randomBytes(TOKEN_BYTES)): LinkToken {
  const token = base58(random);
  return { token, hash: hashLinkToken(token) };
}

/** SHA-256. The token has 256 random bits, so a slow hash would protect nothing more. */
export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
