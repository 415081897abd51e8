import { hash, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url: whoever has it may commit, so it is kept as its hash only. */
export function newLaunchToken(): string {
  return randomBytes(32).toString('base64url');
}

const TOKEN = /^[\w-]{43}$/;

/** @returns SHA-256 of a token; `undefined` for a text that none can be */
export function hashOfLaunchToken(token: string): Buffer | undefined {
  return TOKEN.test(token) ? hash('sha256', token, 'buffer') : undefined;
}
