import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uuidV7, type WebhookAuthentication } from '@schoolbell/delivery';
import { generateSecret } from '@schoolbell/signing';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { renderRequest, type AttemptToRender } from './render-request.js';
import { UnknownFormatError } from './unknown-format-error.js';
import { USER_AGENT } from './user-agent.js';

const secret = generateSecret();
const now = Date.now();

function attempt(
  webhook: Partial<AttemptToRender['webhook']> = {},
  delivery: Partial<AttemptToRender['delivery']> = {},
): AttemptToRender {
  const event = {
    id: uuidV7(),
    tenantId: uuidV7(),
    type: 'session.completed',
    occurredAt: new Date('2026-04-10T14:32:00Z'),
    acceptedAt: new Date(),
    payload: '{"sessionId":"sess_abc123","note":"Über \\u2028 – 概要"}',
  };
  return {
    delivery: { id: uuidV7(), attemptNumber: 3, test: false, event, ...delivery },
    webhook: {
      id: uuidV7(),
      tenantId: event.tenantId,
      format: 'allureconnect',
      authentication: { type: 'signature' },
      headers: {},
      secrets: { current: secret },
      tenantIri: null,
      tenantDomain: null,
      ...webhook,
    },
    now,
  };
}

function headersOf(input: AttemptToRender): Record<string, string> {
  return Object.fromEntries(renderRequest(input).headers);
}

function authenticated(authentication: WebhookAuthentication): Record<string, string> {
  return headersOf(attempt({ authentication }));
}

const SIGNATURES = ['webhook-signature', 'X-AllureConnect-Signature'];

describe('every request', () => {
  it('names the product, the event, the delivery, the attempt and its time', () => {
    const input = attempt();
    expect(headersOf(input)).toMatchObject({
      'Content-Type': 'application/json',
      'User-Agent': expect.stringMatching(/^Schoolbell\/\d+\.\d+$/),
      'webhook-id': expect.stringMatching(/^evt_[0-9a-z]{26}$/),
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'X-Schoolbell-Delivery': expect.stringMatching(/^dlv_[0-9a-z]{26}$/),
      'X-Schoolbell-Event': 'session.completed',
      'X-Schoolbell-Attempt': '3',
    });
  });

  it('carries the stored payload untouched, and the time at which the event occurred', () => {
    const input = attempt();
    const { body } = renderRequest(input);
    expect(body.toString('utf8')).toContain(`"data":${input.delivery.event.payload}}`);
    expect(JSON.parse(body.toString('utf8')).createdAt).toBe('2026-04-10T14:32:00.000Z');
  });

  it('verifies with the public Standard Webhooks library', () => {
    const { headers, body } = renderRequest(attempt());
    expect(() => new Webhook(secret).verify(body, Object.fromEntries(headers))).not.toThrow();
  });

  it('says that it is a test on tests only', () => {
    expect(headersOf(attempt({}, { test: true }))['X-Schoolbell-Test']).toBe('true');
    expect(headersOf(attempt())).not.toHaveProperty('X-Schoolbell-Test');
  });

  it('has the version of the package in its User-Agent', () => {
    const url = new URL('../../../package.json', import.meta.url);
    const [major, minor] = JSON.parse(readFileSync(url, 'utf8')).version.split('.');
    expect(USER_AGENT).toBe(`Schoolbell/${major}.${minor}`);
  });
});

describe('authentication', () => {
  it('by signature sends both signatures and no Authorization', () => {
    const headers = authenticated({ type: 'signature' });
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(SIGNATURES));
    expect(headers).not.toHaveProperty('Authorization');
  });

  it('by bearer token adds it to the signatures', () => {
    const headers = authenticated({ type: 'bearer', token: 'abc.def' });
    expect(headers['Authorization']).toBe('Bearer abc.def');
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(SIGNATURES));
  });

  it('by username and password leaves the signatures out', () => {
    const headers = authenticated({ type: 'basic', username: 'jürgen', password: 'a:b' });
    const sent = headers['Authorization']?.replace('Basic ', '') ?? '';
    expect(Buffer.from(sent, 'base64').toString('utf8')).toBe('jürgen:a:b');
    for (const name of SIGNATURES) expect(headers).not.toHaveProperty(name);
  });

  it('none leaves the signatures out, and keeps id and time', () => {
    const headers = authenticated({ type: 'none' });
    for (const name of SIGNATURES) expect(headers).not.toHaveProperty(name);
    expect(headers).toHaveProperty('webhook-id');
    expect(headers).toHaveProperty('webhook-timestamp');
  });
});

describe('while a rotation overlaps', () => {
  const previous = generateSecret();
  const rotating = { current: secret, previous, previousExpiresAt: new Date(now + 1000) };

  it('receivers find a signature of either secret', () => {
    const { headers, body } = renderRequest(attempt({ secrets: rotating }));
    const sent = Object.fromEntries(headers);
    for (const either of [secret, previous]) {
      expect(() => new Webhook(either).verify(body, sent)).not.toThrow();
    }
    const hmac = (key: string) => createHmac('sha256', key).update(body).digest('hex');
    expect(sent['X-AllureConnect-Signature']).toBe(hmac(secret));
    expect(sent['X-AllureConnect-Signature-Previous']).toBe(hmac(previous));
  });

  it('ends with the overlap', () => {
    const over = { ...rotating, previousExpiresAt: new Date(now) };
    const headers = headersOf(attempt({ secrets: over }));
    expect(headers).not.toHaveProperty('X-AllureConnect-Signature-Previous');
    expect(headers['webhook-signature']).not.toContain(' ');
  });
});

describe('a webhook’s own headers', () => {
  it('are sent along', () => {
    const headers = { 'X-Team': 'learning', Authorization: 'ApiKey 1' };
    expect(headersOf(attempt({ headers }))).toMatchObject(headers);
  });

  it('never replace ours, nor those of its authentication', () => {
    const authentication = { type: 'bearer' as const, token: 'real' };
    const headers = { 'Webhook-Id': 'x', authorization: 'y', 'x-allureconnect-signature': 'z' };
    const names = renderRequest(attempt({ headers, authentication })).headers.map(([name]) => name);
    for (const name of Object.keys(headers)) expect(names).not.toContain(name);
  });
});

describe('a format that this version does not have', () => {
  it('is an error with a code that says what to do', () => {
    expect(() => renderRequest(attempt({ format: 'carrier-pigeon' }))).toThrow(UnknownFormatError);
  });
});
