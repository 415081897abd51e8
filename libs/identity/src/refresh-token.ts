import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})\.([\w-]{43})$/;

/** Which refresh token of which session. */
export interface RefreshToken {
  /** UUID. */
  sessionId: string;
  /** From 0, the one that signing in gives. */
  number: number;
}

/**
 * Writes a refresh token: session, number, and HMAC-SHA-256 over both. None is stored, and the same one can be given
 * out twice.
 *
 * @param key 32 bytes
 */
export function writeRefreshToken(key: Buffer, { sessionId, number }: RefreshToken): string {
  return `${sessionId}.${number}.${macOf(key, sessionId, number).toString('base64url')}`;
}

/** @returns `undefined` for a text that is not a token which {@link writeRefreshToken} made with this key */
export function readRefreshToken(key: Buffer, text: string): RefreshToken | undefined {
  const [, sessionId, digits, mac] = FORM.exec(text) ?? [];
  if (!sessionId || !digits || !mac) return undefined;
  const number = Number(digits);
  const genuine = timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(key, sessionId, number));
  return genuine ? { sessionId, number } : undefined;
}

function macOf(key: Buffer, sessionId: string, number: number): Buffer {
  return createHmac('sha256', key).update(`${sessionId}.${number}`).digest();
}
