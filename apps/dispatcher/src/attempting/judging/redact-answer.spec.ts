import type { WebhookForSending } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { aWebhook } from '../../testing/a-webhook.js';
import { redactAnswer } from './redact-answer.js';

const TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 1, totalMs: 1 };
const SENT = {
  kind: 'request',
  request: {
    url: 'https://receiver.example/',
    headers: [['Authorization', 'Bearer the-access-token']],
    body: Buffer.alloc(0),
    timeoutMs: 1,
  },
} as const;

/** What is kept of the answer to a request of this webhook. */
function kept(
  webhook: Partial<WebhookForSending>,
  body: string,
  headers: Record<string, string> = {},
) {
  const response = { status: 401, headers, body, truncated: false };
  const answered = { kind: 'answered', response, timings: TIMINGS } as const;
  return redactAnswer(answered, aWebhook(webhook), SENT).response!;
}

const basic = { type: 'basic', username: 'user', password: 'p&ss "w" ö' } as const;

describe('an answer that repeats a secret of its webhook', () => {
  it.each<[string, Partial<WebhookForSending>, string]>([
    ['a bearer token', { authentication: { type: 'bearer', token: 'tok-123' } }, 'tok-123'],
    ['a password', { authentication: basic }, basic.password],
    ['a password in JSON', { authentication: basic }, String.raw`p&ss \"w\" ö`],
    ['a password in a URL', { authentication: basic }, 'p%26ss%20%22w%22%20%C3%B6'],
    ['a password in a form', { authentication: basic }, 'p%26ss+%22w%22+%C3%B6'],
    ['a password on a page', { authentication: basic }, 'p&amp;ss &quot;w&quot; ö'],
    [
      'credentials as they were sent',
      { authentication: basic },
      Buffer.from(`user:${basic.password}`).toString('base64'),
    ],
    ['a sensitive header', { headers: { 'X-Api-Key': 'key-{{type}}-456' } }, '-456'],
    ['the secret that signs', { secrets: { current: 'signing-secret' } }, 'signing-secret'],
    [
      'the secret before it',
      { secrets: { current: 'signing-secret', previous: 'the-older-one' } },
      'the-older-one',
    ],
    [
      'an access token',
      {
        authentication: {
          type: 'oauth2',
          tokenUrl: 'https://id.example/',
          clientId: 'c',
          clientSecret: 'client-secret',
        },
      },
      'the-access-token',
    ],
  ])('is kept without it: %s', (_what, webhook, said) => {
    const { body, headers } = kept(webhook, `I got <${said}>, twice: ${said}`, { echo: said });
    expect(body).toBe('I got <[redacted]>, twice: [redacted]');
    expect(headers).toEqual({ echo: '[redacted]' });
  });
});

describe('any other answer', () => {
  it('is kept as it is', () => {
    const response = { status: 200, headers: { a: 'b' }, body: '{"ok":true}', truncated: false };
    const answered = { kind: 'answered', response, timings: TIMINGS } as const;
    expect(redactAnswer(answered, aWebhook(), SENT)).toBe(answered);
  });

  it('keeps what is too short to be a secret', () => {
    const authentication = { type: 'bearer', token: 'ok' } as const;
    expect(kept({ authentication }, '{"ok":true}').body).toBe('{"ok":true}');
  });
});
