import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uuidV7 } from '@schoolbell/ids';
import { type WebhookAuthentication } from '@schoolbell/delivery';
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
      number: 1,
      url: 'https://receiver.example',
      formatSettings: {},
      format: 'allureconnect',
      authentication: { type: 'signature' },
      headers: {},
      secrets: { current: secret },
      tenantIri: null,
      tenantDomain: null,
      scormApiTenantId: null,
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
const ALL_SIGNATURE_HEADERS = [...SIGNATURES, 'webhook-id', 'webhook-timestamp'];

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
    const url = new URL('../../../../package.json', import.meta.url);
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

  it.each([
    [{ type: 'bearer', token: 'abc.def' }, 'Bearer abc.def'],
    [
      { type: 'basic', username: 'jürgen', password: 'a:b' },
      `Basic ${Buffer.from('jürgen:a:b').toString('base64')}`,
    ],
  ] as const)('by %j leaves the signature headers out, unless it is to sign', (given, sent) => {
    const unsigned = authenticated(given);
    expect(unsigned['Authorization']).toBe(sent);
    for (const name of ALL_SIGNATURE_HEADERS) expect(unsigned).not.toHaveProperty(name);
    const signed = authenticated({ ...given, sign: true });
    expect(signed['Authorization']).toBe(sent);
    expect(Object.keys(signed)).toEqual(expect.arrayContaining(ALL_SIGNATURE_HEADERS));
  });

  it('by OAuth 2.0 sends the token that was fetched', () => {
    const authentication: WebhookAuthentication = {
      type: 'oauth2',
      tokenUrl: 'https://id.example/token',
      clientId: 'schoolbell',
      clientSecret: 'hidden',
    };
    const input = { ...attempt({ authentication }), accessToken: 'eyJ.abc' };
    expect(headersOf(input)['Authorization']).toBe('Bearer eyJ.abc');
  });

  it('none leaves the signature headers out', () => {
    const headers = authenticated({ type: 'none' });
    for (const name of ALL_SIGNATURE_HEADERS) expect(headers).not.toHaveProperty(name);
  });

  it('never takes the signature from Standard Webhooks', () => {
    const input = attempt({ format: 'standard-webhooks', authentication: { type: 'none' } });
    const { headers, body } = renderRequest(input);
    expect(() => new Webhook(secret).verify(body, Object.fromEntries(headers))).not.toThrow();
  });
});

describe('a signature header of the customer’s own', () => {
  it('stands in for the format’s, also while a rotation overlaps', () => {
    const signature = { header: 'X-Hub-Signature', encoding: 'base64', prefix: 'v0=' } as const;
    const secrets = {
      current: secret,
      previous: 'old-secret',
      previousExpiresAt: new Date(now + 1),
    };
    const { headers, body } = renderRequest(attempt({ formatSettings: { signature }, secrets }));
    const sent = Object.fromEntries(headers);
    const hmac = (key: string) => createHmac('sha256', key).update(body).digest('base64');
    expect(sent['X-Hub-Signature']).toBe(`v0=${hmac(secret)}`);
    expect(sent['X-Hub-Signature-Previous']).toBe(`v0=${hmac('old-secret')}`);
    expect(sent).not.toHaveProperty('X-AllureConnect-Signature');
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

  it('name the type, the event and the delivery where they ask for it', () => {
    const input = attempt({
      headers: { 'X-Kind': 'lms/{{type}}', 'X-Ids': '{{eventId}}:{{deliveryId}}:{{other}}' },
    });
    const sent = headersOf(input);
    expect(sent['X-Kind']).toBe('lms/session.completed');
    expect(sent['X-Ids']).toBe(`${sent['webhook-id']}:${sent['X-Schoolbell-Delivery']}:{{other}}`);
  });

  it('are hidden in the log when they are secret, and Authorization always; ours are shown', () => {
    const authentication = { type: 'bearer' as const, token: 'real', sign: true };
    const headers = { 'X-Api-Key': 'k', 'X-Team': 't' };
    const signature = { header: 'X-Docebo-Signature' };
    const { shownHeaders } = renderRequest(
      attempt({ headers, authentication, formatSettings: { signature } }),
    );
    expect(shownHeaders).toMatchObject({
      Authorization: '[redacted]',
      'X-Api-Key': '[redacted]',
      'X-Team': 't',
      'X-Docebo-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
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
