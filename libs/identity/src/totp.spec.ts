import { describe, expect, it } from 'vitest';
import { makeTotpSecret, totpCode, totpUri, verifyTotp } from './index.js';

/** RFC 6238, appendix B: the ASCII text 12345678901234567890 and its codes, of which apps show six digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);
const trial = { secret: SECRET, usedStep: null };

describe('a code of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ])('at %d s is that of RFC 6238', (seconds, code) => {
    expect(totpCode(SECRET, at(seconds))).toBe(code);
    expect(verifyTotp({ ...trial, code, now: at(seconds) })).toBe(BigInt(Math.floor(seconds / 30)));
  });

  it('counts one step early and late, and no more', () => {
    const code = totpCode(SECRET, at(3000));
    for (const seconds of [2970, 3029, 3030, 3059]) {
      expect(verifyTotp({ ...trial, code, now: at(seconds) })).toBe(100n);
    }
    for (const seconds of [2969, 3060]) {
      expect(verifyTotp({ ...trial, code, now: at(seconds) })).toBeUndefined();
    }
  });

  it('counts once, and so do those before it', () => {
    const code = totpCode(SECRET, at(3000));
    const now = at(3000);
    expect(verifyTotp({ ...trial, code, now, usedStep: 99n })).toBe(100n);
    expect(verifyTotp({ ...trial, code, now, usedStep: 100n })).toBeUndefined();
    expect(verifyTotp({ ...trial, code, now, usedStep: 101n })).toBeUndefined();
  });

  it.each(['', '12345', '1234567', 'abcdef', '28708२', ' 287082'])('is not "%s"', (code) => {
    expect(verifyTotp({ ...trial, code, now: at(59) })).toBeUndefined();
  });
});

it('a new secret has 160 random bits, and an app reads it from the URI', () => {
  const secret = makeTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(makeTotpSecret()).not.toBe(secret);
  const uri = new URL(totpUri(secret, 'ada@example.com'));
  expect(uri.href).toMatch(/^otpauth:\/\/totp\/Schoolbell:ada%40example\.com\?/);
  expect(uri.searchParams.get('secret')).toBe(secret);
});
