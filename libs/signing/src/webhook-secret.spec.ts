import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { checkSecret, decodeStandardWebhooksSecret, generateSecret } from './webhook-secret.js';

const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('a generated secret', () => {
  it('is whsec_ and the base64 of 32 random bytes', () => {
    expect(generateSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(decodeStandardWebhooksSecret(generateSecret())).toHaveLength(32);
    expect(generateSecret()).not.toBe(generateSecret());
  });

  it('passes the check of customers’ own secrets and opens in the public library', () => {
    const secret = generateSecret((bytes) => Buffer.alloc(bytes, 0xfb));
    expect(checkSecret(secret)).toEqual({ ok: true });
    expect(() => new Webhook(secret)).not.toThrow();
  });
});

describe('a customer’s own secret', () => {
  it.each([
    'your-webhook-secret',
    '12345678',
    'x'.repeat(256),
    'contraseña-größe-鍵🔑',
    'with a space in it',
    whsec(24),
    whsec(64),
  ])('may be %s', (secret) => {
    expect(checkSecret(secret)).toEqual({ ok: true });
  });

  it.each([
    ['too short', '1234567', /8 to 256 characters; this one has 7/],
    ['too long', 'x'.repeat(257), /this one has 257/],
    ['empty', '', /this one has 0/],
    ['broken over lines', 'first line\nsecond', /printable/],
    ['with a tab', 'tabbed\tsecret', /printable/],
    ['with a NUL', 'secret\u0000secret', /printable/],
    ['with half a surrogate pair', 'secret\ud800secret', /printable/],
    ['whsec_ with a short key', whsec(23), /24 to 64 bytes in base64; this one holds 23/],
    ['whsec_ with a long key', whsec(65), /this one holds 65/],
    ['whsec_ with something else than base64', 'whsec_not*base64', /goes on with base64/],
    ['whsec_ without padding', whsec(32).slice(0, -1), /goes on with base64/],
    ['whsec_ and nothing', 'whsec_', /8 to 256/],
  ])('is refused when it is %s', (_, secret, message) => {
    expect(checkSecret(secret)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});
