import { createHash, randomBytes } from 'node:crypto';
import { base58 } from './base58.js';

const MARK = 'sbk_';
const PREFIX_LENGTH = 12;
const KEY_BYTES = 32;
const FORM = /^sbk_[1-9A-HJ-NP-Za-km-z]{32,44}$/;

/** A new key: shown to its owner once, stored only as prefix and hash. */
export interface NewApiKey {
  /** `sbk_` and 32 random bytes in base58. */
  key: string;
  prefix: string;
  hash: Buffer;
}

/** @param random 32 bytes; injected by tests */
export function makeApiKey(random: Buffer = randomBytes(KEY_BYTES)): NewApiKey {
  const key = MARK + base58(random);
  return { key, prefix: prefixOfApiKey(key)!, hash: hashApiKey(key) };
}

/** The public part by which a key is found: 12 characters after `sbk_`; `undefined` when this is not a key. */
export function prefixOfApiKey(key: string): string | undefined {
  return FORM.test(key) ? key.slice(MARK.length, MARK.length + PREFIX_LENGTH) : undefined;
}

/** SHA-256 of the whole key. The key has 256 random bits, so a slow hash would protect nothing more. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
