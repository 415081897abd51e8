import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../verdict/verdict.ts';
import { customerSummary } from './customer-summary.ts';

const attempt = (number: number, given: Partial<AttemptDocument> = {}): AttemptDocument => ({
  id: `att_${number}`,
  traceId: '0193563ff83d7b129abcdef012345678',
  number,
  batch: null,
  trigger: 'scheduled',
  outcome: 'failed',
  at: '2026-11-24T13:32:01.000Z',
  url: 'https://lms.northwind.edu/hooks/s3cret?token=s3cret',
  format: 'allureconnect',
  request: { headers: { 'webhook-signature': 's3cret' }, body: '{"learner":"s3cret"}' },
  response: {
    status: 503,
    headers: { 'x-request-id': 'req-77', 'set-cookie': 's3cret' },
    body: 's3cret',
    truncated: false,
  },
  error: { code: 'http_status', message: 'The receiver answered 503.' },
  timings: { dnsMs: 4, connectMs: 18, tlsMs: 41, firstByteMs: 149, totalMs: 153 },
  ...given,
});

const delivery = (attempts: AttemptDocument[]) =>
  ({
    id: 'dlv_1',
    tenantId: 'ten_1',
    eventId: 'evt_1',
    eventType: 'session.completed',
    webhookId: 'wh_1',
    status: 'pending',
    test: false,
    attemptCount: attempts.length,
    nextAttemptAt: '2026-11-24T14:42:01.000Z',
    lastAttempt: null,
    fallback: null,
    createdAt: '2026-11-24T13:32:00.000Z',
    updatedAt: '2026-11-24T13:32:01.000Z',
    attempts,
  }) as DeliveryHistoryDocument;

const summaryOf = (one: DeliveryHistoryDocument, timeZone = 'Europe/Berlin') => {
  const verdict = verdictOf({ delivery: one, now: Date.parse('2026-11-24T13:33:00Z') });
  return customerSummary({ delivery: one, verdict, timeZone });
};

describe('the summary for the customer', () => {
  it('is a text that stands alone, in the time zone of the tenant', () => {
    expect(summaryOf(delivery([attempt(1), attempt(2)])))
      .toBe(`Webhook: session.completed to lms.northwind.edu
Created: 24 Nov 2026, 14:32:00 CET

What happened: lms.northwind.edu answered 503 Service Unavailable twice.
Your server is up, but refuses work. Nothing is lost: the next attempt follows by itself.

Please check whether it is being deployed or is overloaded.

Next attempt: 24 Nov 2026, 15:42:01 CET

Attempts (times in Europe/Berlin):
1. 24 Nov 2026, 14:32:01 CET: 503 Service Unavailable after 153 ms, x-request-id: req-77
2. 24 Nov 2026, 14:32:01 CET: 503 Service Unavailable after 153 ms, x-request-id: req-77

Event: evt_1
Delivery: dlv_1
`);
  });

  it('says of a dead letter that no attempt follows by itself', () => {
    const dead = { ...delivery([attempt(1)]), status: 'dead' as const, nextAttemptAt: null };
    expect(summaryOf(dead)).toContain('\nNext attempt: none by itself\n');
    expect(summaryOf({ ...dead, test: true })).not.toContain('Next attempt');
  });

  it('has no secret, body or path, whatever the attempts hold', () => {
    expect(summaryOf(delivery([attempt(1)]))).not.toContain('s3cret');
  });

  it('lists the latest attempts of many, and says that there were more', () => {
    const many = Array.from({ length: 14 }, (_, i) => attempt(i + 1));
    const text = summaryOf(delivery(many));
    expect(text).toContain('(4 earlier ones are left out)');
    expect(text).not.toContain('\n4. ');
    expect(text).toContain('\n14. ');
  });

  it('speaks to them of what is theirs', () => {
    const timeout = attempt(1, {
      response: null,
      error: { code: 'timeout', message: 'The receiver did not answer within 10 s. Answer first.' },
    });
    const text = summaryOf(delivery([timeout]));
    expect(text).toContain('Nobody can tell whether you received it');
    expect(text).not.toMatch(/\bthey\b|\btheir/i);
  });

  it('makes hidden characters of their request id visible', () => {
    const response = { status: 500, headers: { 'cf-ray': 'a\u202eb' }, body: '', truncated: false };
    expect(summaryOf(delivery([attempt(1, { response })]))).toContain('cf-ray: a⟨U+202E⟩b');
  });
});
