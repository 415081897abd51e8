import { hash, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url. Whoever has the token may commit, so only its hash is stored. */
export function newLaunchToken(): string {
  return randomBytes(32).toString('base64url');
}

const TOKEN = /^[\w-]{43}$/;

/** @returns SHA-256 of a token; `undefined` for a text that cannot be one */
export function hashOfLaunchToken(token: string): Buffer | undefined {
  return TOKEN.test(token) ? hash('sha256', token, 'buffer') : undefined;
}
