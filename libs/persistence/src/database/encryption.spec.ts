import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DecryptionError, SecretBox } from './encryption.js';

const OLD_KEY = randomBytes(32);
const NEW_KEY = randomBytes(32);

describe('secrets in the database', () => {
  it('are read back as they were written, whatever characters they have', () => {
    const box = new SecretBox([OLD_KEY]);
    for (const text of ['', 'whsec_abc', 'pä$$wörd 🔑', '\u0000']) {
      expect(box.decrypt(box.encrypt(text))).toBe(text);
    }
  });

  it('never look the same twice, so that equal secrets cannot be told', () => {
    const box = new SecretBox([OLD_KEY]);
    expect(box.encrypt('secret')).not.toBe(box.encrypt('secret'));
    expect(box.encrypt('secret')).toMatch(/^v1:[0-9a-f]{8}:[\w-]+$/);
  });

  it('stay readable after the encryption key was rotated', () => {
    const old = new SecretBox([OLD_KEY]).encrypt('secret');
    const rotated = new SecretBox([NEW_KEY, OLD_KEY]);
    expect(rotated.decrypt(old)).toBe('secret');
    expect(rotated.encrypt('secret').slice(0, 12)).not.toBe(old.slice(0, 12));
  });

  it('say which key is missing once an old key was taken away', () => {
    const old = new SecretBox([OLD_KEY]).encrypt('secret');
    const attempt = () => new SecretBox([NEW_KEY]).decrypt(old);
    expect(attempt).toThrow(DecryptionError);
    expect(attempt).toThrow(/ENCRYPTION_KEY/);
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -4)],
    [
      'changed',
      (text: string) => text.replace(/.{5}$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1)),
    ],
    ['in the clear', () => 'whsec_plain'],
  ])('are refused when they were %s', (_how, damage) => {
    const box = new SecretBox([OLD_KEY]);
    const whole = box.encrypt('a secret of some length, 48 bytes or thereabouts');
    expect(() => box.decrypt(damage(whole))).toThrow(/cut or changed/);
  });

  it.each([[[]], [[randomBytes(16)]], [[OLD_KEY, randomBytes(33)]]])(
    'need keys of 32 bytes',
    (keys) => {
      expect(() => new SecretBox(keys)).toThrow(RangeError);
    },
  );
});
