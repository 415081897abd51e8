import { describe, expect, it } from 'vitest';
import { signingKeys } from './signing-keys.js';

describe('the keys of a secret', () => {
  it('are the whole text for signature headers of formats, and the decoded part after whsec_ for Standard Webhooks', () => {
    const decoded = Buffer.alloc(32, 9);
    const secret = `whsec_${decoded.toString('base64')}`;
    const keys = signingKeys(secret);
    expect(keys.whole.export()).toEqual(Buffer.from(secret, 'utf8'));
    expect(keys.standardWebhooks.export()).toEqual(decoded);
  });

  it.each(['your-webhook-secret', 'whsec_not*base64', 'whsec_'])(
    'are the UTF-8 bytes of %s for both',
    (secret) => {
      const keys = signingKeys(secret);
      expect(keys.whole.export()).toEqual(Buffer.from(secret, 'utf8'));
      expect(keys.standardWebhooks.export()).toEqual(Buffer.from(secret, 'utf8'));
    },
  );

  it('are made once', () => {
    expect(signingKeys('the-same-secret')).toBe(signingKeys('the-same-secret'));
  });
});
