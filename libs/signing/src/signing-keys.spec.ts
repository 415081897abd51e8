import { describe, expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.js';
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

describe('the cache of keys', () => {
  it('never grows past twice its generation, and keeps what is asked for again', () => {
    const cache = new BoundedCache<number, { made: number }>(10);
    const first = cache.getOrMake(0, (made) => ({ made }));
    for (let i = 1; i < 1000; i++) {
      cache.getOrMake(i, (made) => ({ made }));
      expect(cache.getOrMake(0, (made) => ({ made }))).toBe(first);
      expect(cache.size).toBeLessThanOrEqual(20);
    }
  });
});
