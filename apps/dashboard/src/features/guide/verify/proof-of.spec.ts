import { describe, expect, it } from 'vitest';
import { proofOf } from './proof-of.ts';

const signed = {
  format: 'docebo',
  signing: 'hmac-sha256',
  authentication: { type: 'signature' },
} as const;

describe('what a receiver verifies by', () => {
  it('is the signature of the format', () => {
    expect(proofOf(signed)).toEqual({
      kind: 'signature',
      scheme: { kind: 'body', header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' },
    });
  });

  it('is in the header, encoding and prefix that the webhook asks for', () => {
    const signature = { header: 'X-Own', encoding: 'base64', prefix: '' } as const;
    expect(proofOf({ ...signed, signature })).toEqual({
      kind: 'signature',
      scheme: { kind: 'body', ...signature },
    });
  });

  it('are the credentials, where these go instead of a signature', () => {
    const basic = { ...signed, authentication: { type: 'basic' } } as const;
    expect(proofOf(basic)).toEqual({ kind: 'credentials', type: 'basic' });
    const both = { ...signed, authentication: { type: 'basic', sign: true } } as const;
    expect(proofOf(both)).toMatchObject({ kind: 'signature' });
    const lrs = { ...signed, format: 'xapi', authentication: { type: 'oauth2' } } as const;
    expect(proofOf(lrs)).toEqual({ kind: 'credentials', type: 'oauth2' });
  });

  it('is always a signature with Standard Webhooks, by a key pair if there is one', () => {
    const standard = {
      ...signed,
      format: 'standard-webhooks',
      authentication: { type: 'bearer' },
    } as const;
    expect(proofOf(standard)).toEqual({ kind: 'signature', scheme: { kind: 'standard' } });
    expect(proofOf({ ...standard, signing: 'ed25519', publicKey: 'whpk_x' })).toEqual({
      kind: 'key-pair',
      publicKey: 'whpk_x',
    });
  });

  it('is what the format signs by, where the authentication is damaged', () => {
    expect(proofOf({ ...signed, authentication: null })).toMatchObject({ kind: 'signature' });
  });
});
