import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { activeSecrets } from './active-secrets.js';
import { hmacSignature } from './hmac-signature.js';
import { standardWebhooksSignature } from './standard-webhooks-signature.js';
import { generateSecret } from './webhook-secret.js';

const body = Buffer.from('{"title":"Überblick – 概要"}', 'utf8');
const now = Math.floor(Date.now() / 1000);

/** What AllureConnect's documentation tells receivers to do. */
function verifyAsAllureConnect(payload: Buffer, signature: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(payload).digest('hex');
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function headers(secrets: readonly string[]): Record<string, string> {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(now),
    'webhook-signature': standardWebhooksSignature({ id: 'evt_1', timestamp: now, body }, secrets),
  };
}

describe('a hex signature', () => {
  it.each([generateSecret(), 'your-webhook-secret', 'größe-und-länge'])(
    'is accepted by a receiver that follows the AllureConnect page, with %s',
    (secret) => {
      expect(verifyAsAllureConnect(body, hmacSignature(secret, body, 'hex'), secret)).toBe(true);
    },
  );
});

describe('a Standard Webhooks signature', () => {
  it('is accepted by the public library with a generated secret', () => {
    const secret = generateSecret();
    expect(new Webhook(secret).verify(body, headers([secret]))).toEqual(JSON.parse(String(body)));
  });

  it('is accepted by the public library with a secret of another form', () => {
    const secret = 'your-webhook-secret';
    const receiver = new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
    expect(() => receiver.verify(body, headers([secret]))).not.toThrow();
  });

  it('is accepted with either secret while a rotation overlaps, the current one first', () => {
    const [current, previous] = [generateSecret(), generateSecret()];
    const both = headers([current, previous]);
    expect(both['webhook-signature']?.split(' ')).toEqual([
      headers([current])['webhook-signature'],
      headers([previous])['webhook-signature'],
    ]);
    expect(() => new Webhook(current).verify(body, both)).not.toThrow();
    expect(() => new Webhook(previous).verify(body, both)).not.toThrow();
  });

  it('is refused for another body or another secret', () => {
    const secret = generateSecret();
    expect(() => new Webhook(secret).verify('{}', headers([secret]))).toThrow();
    expect(() => new Webhook(generateSecret()).verify(body, headers([secret]))).toThrow();
  });
});

describe('after a rotation', () => {
  const end = 1_775_831_525_000;
  const secrets = { current: 'new', previous: 'old', previousExpiresAt: new Date(end) };

  it('both secrets sign until the overlap ends, the current one first', () => {
    expect(activeSecrets(secrets, end - 1)).toEqual(['new', 'old']);
  });

  it('only the current one signs from then on', () => {
    expect(activeSecrets(secrets, end)).toEqual(['new']);
  });

  it('a secret that was never rotated signs alone', () => {
    expect(activeSecrets({ current: 'only' }, end)).toEqual(['only']);
  });
});
