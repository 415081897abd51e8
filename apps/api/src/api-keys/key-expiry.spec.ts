import { expect, it } from 'vitest';
import type { Principal } from '../auth/principal.js';
import { expiryOf } from './key-expiry.js';

const NOW = new Date('2026-11-22T09:30:00Z');
const LATEST = '2026-12-01T00:00:00.000Z';
const key = (expiresAt: string | null): Principal => ({
  kind: 'api_key',
  id: '01931f6e-5a00-7c3a-9b9c-e97a9a721301',
  name: 'a key',
  tenantId: null,
  permissions: new Set(['keys:write']),
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
});

it('an API key makes no key that outlives it, and says until when one may last', () => {
  for (const wanted of [null, '2026-12-01T00:00:00.001Z']) {
    expect(() => expiryOf(key(LATEST), wanted, NOW)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        message: expect.stringContaining(LATEST),
      }),
    );
  }
  expect(expiryOf(key(LATEST), LATEST, NOW)).toEqual(new Date(LATEST));
});

it('an API key that lasts makes keys that last', () => {
  expect(expiryOf(key(null), null, NOW)).toBeNull();
});

it('no key expires before it is made', () => {
  expect(() => expiryOf(key(null), NOW.toISOString(), NOW)).toThrow('must be in the future');
});
