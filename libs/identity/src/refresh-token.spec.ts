import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRefreshToken, writeRefreshToken } from './index.js';

const key = randomBytes(32);
const token = { sessionId: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70', number: 7 };

describe('a refresh token', () => {
  it('says which it is, and is the same whenever it is written', () => {
    const text = writeRefreshToken(key, token);
    expect(writeRefreshToken(key, token)).toBe(text);
    expect(readRefreshToken(key, text)).toEqual(token);
  });

  it('cannot be made without the key, nor out of another one', () => {
    const text = writeRefreshToken(key, token);
    const other = { ...token, number: 8 };
    for (const forged of [
      writeRefreshToken(randomBytes(32), token),
      text.replace('.7.', '.8.'),
      text.replace('019a', '019b'),
      `${text}A`,
      text.slice(0, -1),
      '',
    ]) {
      expect(readRefreshToken(key, forged)).toBeUndefined();
    }
    expect(writeRefreshToken(key, other)).not.toBe(text);
  });
});
