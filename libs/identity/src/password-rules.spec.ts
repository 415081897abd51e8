import { describe, expect, it } from 'vitest';
import { faultOfPassword } from './index.js';

describe('a new password', () => {
  it.each([
    'correct horse battery staple',
    'twelve chars',
    'zwölf Zeichen',
    '🔔'.repeat(11) + '🏫',
    'k9#'.repeat(42) + 'xy',
  ])('may be %s', async (password) => {
    expect(await faultOfPassword(password)).toBeUndefined();
  });

  it.each([['eleven char'], ['x'.repeat(11)], [`${'ab '.repeat(43)}`], ['🔔🏫'.repeat(5)]])(
    'must have 12 to 128 characters: %s',
    async (password) => {
      expect(await faultOfPassword(password)).toBe('must have 12 to 128 characters');
    },
  );

  it.each([
    'password1234',
    'PASSWORD1234',
    'leavemealone',
    'Qwertyuiop-2026!',
    '2026-administrator',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'passwordpassword',
  ])('may not be as common as %s', async (password) => {
    expect(await faultOfPassword(password)).toMatch(/^is too common/);
  });
});
