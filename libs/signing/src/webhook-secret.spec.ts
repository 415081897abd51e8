import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { generateSigningKeyPair, publicKeyOf } from './signing-key-pair.js';
import {
  checkKeyPair,
  checkSecret,
  decodeStandardWebhooksSecret,
  generateSecret,
} from './webhook-secret.js';

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
    '!"#$%&()*+,-./:;<=>?@[]^_`{|}~',
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
    ['with a space in it', 'with a space', /printable ASCII/],
    ['beyond ASCII', 'contraseña-größe', /printable ASCII/],
    ['a key pair', generateSigningKeyPair(), /key pair/],
    ['whsec_ with a short key', whsec(23), /24 to 64 bytes in base64; this one holds 23/],
    ['whsec_ with a long key', whsec(65), /this one holds 65/],
    ['whsec_ with something else than base64', 'whsec_not*base64', /must go on with base64/],
    ['whsec_ without padding', whsec(32).slice(0, -1), /must go on with base64/],
    ['whsec_ and nothing', 'whsec_', /8 to 256/],
  ])('is refused when it is %s', (_, secret, message) => {
    expect(checkSecret(secret)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});

describe('a customer’s own key pair', () => {
  const PAIR =
    'whsk_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB5tVYuj+ZU+UB4sRLoqYunkB+FOuaVvtfg45ELrQSWZA==';

  it('is whsk_ and the base64 of a seed and its public key', () => {
    expect(checkKeyPair(PAIR)).toEqual({ ok: true });
    expect(checkKeyPair(generateSigningKeyPair())).toEqual({ ok: true });
    expect(publicKeyOf(PAIR)).toBe('whpk_ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=');
  });

  it.each([
    ['an HMAC secret', generateSecret()],
    ['too short', PAIR.slice(0, -4)],
    ['a seed with the public key of another', PAIR.replace('whsk_AQ', 'whsk_Ag')],
  ])('is refused when it is %s', (_, text) => {
    expect(checkKeyPair(text)).toEqual({
      ok: false,
      message: expect.stringMatching(/key pair is/),
    });
  });
});
