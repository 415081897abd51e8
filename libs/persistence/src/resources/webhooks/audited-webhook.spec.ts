import { DEFAULT_WEBHOOK_SETTINGS } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { changedFields, shownFields } from '../../database/changed-fields.js';
import { auditedWebhook } from './audited-webhook.js';
import type { WebhookRecord } from './webhook-record.js';

const webhook = (settings: Partial<WebhookRecord> = {}) =>
  auditedWebhook({
    ...DEFAULT_WEBHOOK_SETTINGS,
    url: 'https://receiver.example/',
    eventTypes: ['*'],
    everyEvent: true,
    status: 'active',
    pauseReason: null,
    consecutiveFailures: 0,
    publicKey: null,
    certificateExpiresAt: null,
    ...settings,
  } as WebhookRecord);

describe('what the audit log tells of a webhook', () => {
  it('holds no password, no value of a header and no private key', () => {
    const shown = shownFields(
      webhook({
        authentication: { type: 'basic', username: 'hidden-user', password: 'hidden-password' },
        headers: { 'X-Token': 'hidden-value' },
        clientCertificate: { certificate: 'hidden-certificate', key: 'hidden-key' },
        certificateExpiresAt: new Date('2027-01-01T00:00:00Z'),
      }),
    );
    expect(shown).toMatchObject({
      authentication: { type: 'basic' },
      headers: ['X-Token'],
      clientCertificate: { expiresAt: '2027-01-01T00:00:00.000Z' },
    });
    expect(JSON.stringify(shown)).not.toContain('hidden');
  });

  it('tells that one of these changed', () => {
    const before = webhook({ headers: { 'X-Token': 'one' } });
    const after = webhook({ headers: { 'X-Token': 'two' } });
    expect(changedFields(before, after)).toEqual({
      before: { headers: ['X-Token'] },
      after: { headers: ['X-Token'] },
    });
  });

  it('is by the names of the API, also of what a format has of its own', () => {
    const shown = shownFields(webhook({ formatSettings: { cloudevents: { mode: 'binary' } } }));
    expect(shown).toMatchObject({ events: ['*'], cloudevents: { mode: 'binary' } });
    for (const name of ['eventTypes', 'everyEvent', 'formatSettings', 'packageIds']) {
      expect(shown).not.toHaveProperty(name);
    }
  });
});
