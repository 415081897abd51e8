import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashApiKey, makeApiKey, prefixOfApiKey } from './api-key.js';

describe('API keys', () => {
  it('are sbk_ and base58 of 32 bytes', () => {
    // Expected text from the Bitcoin base58 alphabet, worked out with Python integers.
    const { key } = makeApiKey(Buffer.alloc(32, 0xff));
    expect(key).toBe('sbk_JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG');
    expect(makeApiKey(Buffer.alloc(32)).key).toBe(`sbk_${'1'.repeat(32)}`);
  });

  it('are found by twelve characters and checked by SHA-256', () => {
    const { key, prefix, hash } = makeApiKey();
    expect(prefix).toBe(key.slice(4, 16));
    expect(hash).toEqual(createHash('sha256').update(key).digest());
    expect(hashApiKey(key)).toEqual(hash);
  });

  it.each(['', 'sbk_', 'sbk_short', `sbk_${'0'.repeat(43)}`, `sbk_${'a'.repeat(99)}`, 'abc'])(
    'are not what %s is',
    (text) => {
      expect(prefixOfApiKey(text)).toBeUndefined();
    },
  );
});
