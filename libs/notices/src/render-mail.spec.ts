import { describe, expect, it } from 'vitest';
import type { Mail, WebhookPausedFacts } from './mail.js';
import { renderMail } from './render-mail.js';
import { toTypeId } from '@schoolbell/ids';

const WEBHOOK = '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70';

const mailAbout = (facts: Partial<WebhookPausedFacts> = {}): Mail => ({
  id: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a71',
  tenantId: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a72',
  tenantName: 'Northwind Academy',
  kind: 'webhook.paused',
  facts: {
    webhookId: WEBHOOK,
    description: 'Completions for HR',
    url: 'https://hr.example.com/hooks',
    reason: 'consecutive_failures',
    failures: 5,
    lastError: 'The receiver answered 500.',
    ...facts,
  },
  createdAt: new Date('2026-11-22T14:40:03.123Z'),
});

describe('the e-mail about a paused webhook', () => {
  it('says what happened, to which webhook, when and why, and how to go on', () => {
    const { subject, text } = renderMail(mailAbout(), 'https://bell.example.com/');
    expect(subject).toBe('Webhook paused: Completions for HR');
    const id = toTypeId('webhook', WEBHOOK);
    for (const part of [
      '5 attempts in a row',
      `Completions for HR (${id})`,
      'https://hr.example.com/hooks\n',
      'Northwind Academy',
      '2026-11-22 14:40:03 UTC',
      'The receiver answered 500.',
      `GET https://bell.example.com/v1/webhooks/${id}/deliveries`,
      `POST https://bell.example.com/v1/webhooks/${id}/test`,
      `POST https://bell.example.com/v1/webhooks/${id}/resume`,
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells a receiver that is gone from one that fails', () => {
    const { text } = renderMail(mailAbout({ reason: 'gone', failures: 1 }), undefined);
    expect(text).toContain('410 Gone');
    expect(text).toContain('another URL');
  });

  it('names the host of a webhook without a description', () => {
    expect(renderMail(mailAbout({ description: '' }), undefined).subject).toBe(
      'Webhook paused: hr.example.com',
    );
  });

  it('keeps its subject to one short line, whatever the description is', () => {
    const description = `Completions\r\nBcc: everybody@example.com\u0000 \u2028${'ü'.repeat(500)}`;
    const { subject, text } = renderMail(mailAbout({ description }), undefined);
    expect(subject).toMatch(/^Webhook paused: Completions Bcc: everybody@example.com ü+…$/u);
    expect([...subject].length).toBeLessThan(100);
    expect(text).not.toContain('\nBcc');
  });

  it('names paths where nobody said where the API is reached', () => {
    expect(renderMail(mailAbout(), undefined).text).toContain('POST /v1/webhooks/wh_');
  });
});

describe('the e-mail about a session that was ended', () => {
  const facts = { address: '203.0.113.7', userAgent: 'Firefox\r\nBcc: all@example.com' };
  const mail: Mail = { ...mailAbout(), kind: 'session.ended', facts };

  it('says from where the token came, when, and what to do', () => {
    const { subject, text } = renderMail(mail, 'https://bell.example.com');
    expect(subject).toBe('You were signed out of Schoolbell for your safety');
    for (const part of [
      '203.0.113.7\n',
      'Firefox Bcc: all@example.com\n',
      '2026-11-22 14:40:03 UTC',
      'change your password',
      'GET https://bell.example.com/v1/me/sessions',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('is written to users of the platform too, who have no tenant', () => {
    const ofPlatform = { ...mail, tenantId: null, tenantName: null };
    expect(renderMail(ofPlatform, undefined).text).toContain('203.0.113.7');
    const paused = { ...mailAbout(), tenantId: null, tenantName: null };
    expect(() => renderMail(paused, undefined)).toThrow('has none');
  });
});

describe('the e-mail about a threshold of usage', () => {
  const facts = { period: '2026-11', launches: 8_250, limit: 10_000, percent: 80 };
  const mail: Mail = { ...mailAbout(), kind: 'usage.threshold', facts };

  it('says which month reached what, how many launches that were, and where to look', () => {
    const { subject, text } = renderMail(mail, 'https://bell.example.com/');
    expect(subject).toBe('Launches of 2026-11 have reached 80 % of the plan');
    for (const part of [
      '8,250 of 10,000\n',
      'Northwind Academy',
      '2026-11-22 14:40:03 UTC',
      'Nothing stops at the limit',
      'GET https://bell.example.com/v1/usage?month=2026-11',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('is not written from facts that are damaged, or of a kind that is not known', () => {
    expect(() => renderMail({ ...mail, facts: {} } as Mail, undefined)).toThrow();
    expect(() => renderMail({ ...mail, kind: 'unknown' } as never, undefined)).toThrow('unknown');
  });
});
