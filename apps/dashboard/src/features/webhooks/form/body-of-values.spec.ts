import type { WebhookDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf } from './body-of-values.ts';
import { NEW_WEBHOOK, valuesOf, type WebhookValues } from './webhook-values.ts';

const stored = {
  url: 'https://example.com/in',
  description: 'One',
  events: ['session.completed'],
  scopes: { packageIds: ['pkg_1', 'pkg_2'], dispatchIds: [] },
  format: 'cloudevents',
  cloudevents: { mode: 'binary' },
  filter: null,
  template: null,
  signing: 'hmac-sha256',
  authentication: { type: 'basic', username: 'me' },
  headers: { Authorization: '[redacted]', 'X-Env': 'prod' },
  tracing: false,
  clientCertificate: { certificate: null, subject: null, expiresAt: '' },
  ca: null,
  timeoutSeconds: 10,
  retrySchedule: [30, 5_400],
  rateLimit: null,
  fallbackUrl: null,
  autoPauseAfter: 5,
  delivery: { mode: 'batch', maxEvents: 50, intervalSeconds: 90 },
  ordering: 'none',
  metadata: { team: 'a', level: 3, on: true },
} as unknown as WebhookDocument;

const changed = (change: (values: WebhookValues) => Partial<WebhookValues>) => {
  const before = valuesOf(stored);
  return changesOf(bodyOf(before), bodyOf({ ...before, ...change(before) }));
};

describe('a webhook that is edited', () => {
  it('goes to the API as nothing when nothing was changed', () => {
    expect(changed(() => ({}))).toEqual({});
  });

  it('keeps what the page does not know: passwords, keys of certificates, masked headers', () => {
    expect(changed(() => ({ description: 'Two' }))).toEqual({ description: 'Two' });
    const body = bodyOf(valuesOf(stored));
    expect(body).not.toHaveProperty('clientCertificate');
    expect(body.headers).toEqual({ Authorization: '[redacted]', 'X-Env': 'prod' });
    expect(body.metadata).toEqual({ team: 'a', level: 3, on: true });
  });

  it('goes as the settings that were changed, each as a whole', () => {
    expect(changed(() => ({ retrySchedule: '1 min, 2 h', rateLimit: '5' }))).toEqual({
      retrySchedule: [60, 7_200],
      rateLimit: 5,
    });
    expect(changed(({ delivery }) => ({ delivery: { ...delivery, mode: 'single' } }))).toEqual({
      delivery: { mode: 'single' },
    });
    expect(changed(() => ({ packageIds: 'pkg_2,  pkg_3\npkg_3' }))).toEqual({
      scopes: { packageIds: ['pkg_2', 'pkg_3'], dispatchIds: [] },
    });
  });

  it('leaves the settings of another format behind', () => {
    const changes = changed(() => ({ format: 'docebo', docebo: { webhookId: '7' } }));
    expect(changes).toEqual({ format: 'docebo', docebo: { webhookId: 7 } });
  });
});

describe('a new webhook', () => {
  it('sends only the texts of the authentication that is chosen', () => {
    const authentication = {
      ...NEW_WEBHOOK.authentication,
      type: 'bearer' as const,
      token: 't',
      password: 'left over',
      sign: 'yes' as const,
    };
    expect(bodyOf({ ...NEW_WEBHOOK, authentication }).authentication).toEqual({
      type: 'bearer',
      token: 't',
      sign: true,
    });
  });

  it('has a template only in the format that is made by one', () => {
    const template = '{"a": 1}';
    expect(bodyOf({ ...NEW_WEBHOOK, template }).template).toBeNull();
    expect(bodyOf({ ...NEW_WEBHOOK, template, format: 'custom' }).template).toBe(template);
  });

  it('sends what is no number as it is, for the API to say so', () => {
    expect(bodyOf({ ...NEW_WEBHOOK, rateLimit: 'many' }).rateLimit).toBe('many');
  });
});
