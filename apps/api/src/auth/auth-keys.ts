import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** One key per purpose, so that what is signed for one is worthless for another. */
export interface AuthKeys {
  accessToken: Buffer;
  refreshToken: Buffer;
  knownDevice: Buffer;
}

/** Derives the keys from `JWT_SECRET`, by HKDF with SHA-256 (RFC 5869). */
export function deriveAuthKeys(jwtSecret: string): AuthKeys {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', jwtSecret, '', `schoolbell ${purpose}`, KEY_BYTES));
  return {
    accessToken: derive('access token'),
    refreshToken: derive('refresh token'),
    knownDevice: derive('known device'),
  };
}
