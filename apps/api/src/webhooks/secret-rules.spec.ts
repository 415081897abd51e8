import { generateSecret } from '@schoolbell/signing';
import { describe, expect, it } from 'vitest';
import { isReadableSecret, secretFaults } from './secret-rules.js';

const OLD_SECRET = 'Schlüssel von früher';

describe('a secret from before secrets had to be printable ASCII', () => {
  it('is kept when the webhook changes to a format that takes any secret', () => {
    expect(secretFaults('docebo', 'hmac-sha256', OLD_SECRET)).toHaveLength(1);
    expect(isReadableSecret('docebo', OLD_SECRET)).toBe(true);
  });

  it('has to be rotated before the webhook changes to standard-webhooks', () => {
    expect(isReadableSecret('standard-webhooks', OLD_SECRET)).toBe(false);
    expect(isReadableSecret('standard-webhooks', generateSecret())).toBe(true);
  });
});
