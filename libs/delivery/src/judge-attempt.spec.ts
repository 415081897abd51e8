import { describe, expect, it } from 'vitest';
import type { SendResult } from './attempt.js';
import { judgeAttempt, type CyclePosition } from './judge-attempt.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const timings = { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 2, totalMs: 3 };
const first: CyclePosition = {
  failuresBefore: 0,
  retrySchedule: [30, 120],
  attemptNumber: 1,
  test: false,
};
const last: CyclePosition = { ...first, failuresBefore: 2 };
const test: CyclePosition = { ...first, test: true };

function answered(status: number, headers: Record<string, string> = {}): SendResult {
  return { kind: 'answered', response: { status, headers, body: '', truncated: false }, timings };
}

function failed(status?: number): SendResult {
  const response =
    status === undefined ? undefined : { status, headers: {}, body: '', truncated: true };
  const error = { code: 'connection_reset', message: 'The connection was cut.' } as const;
  return { kind: 'failed', error, response, timings };
}

const judge = (result: SendResult, position = first) => judgeAttempt(result, position, now, 0);

describe('an attempt', () => {
  it.each([200, 201, 204, 299])('that is answered with %d is delivered', (status) => {
    expect(judge(answered(status))).toEqual({ kind: 'delivered' });
  });

  it('that is answered with 2xx is delivered, even if the connection breaks in the body', () => {
    expect(judge(failed(200))).toEqual({ kind: 'delivered' });
  });

  it.each([199, 300, 304, 400, 401, 404, 429, 500, 503])(
    'that is answered with %d is tried again by the schedule',
    (status) => {
      expect(judge(answered(status))).toMatchObject({ kind: 'rescheduled', delaySeconds: 30 });
    },
  );

  it('that got no answer is tried again by the schedule, with its error', () => {
    expect(judge(failed())).toEqual({
      kind: 'rescheduled',
      delaySeconds: 30,
      error: { code: 'connection_reset', message: 'The connection was cut.' },
    });
  });

  it('that a kept-open connection was cut under is tried again soon, and never later than scheduled', () => {
    const error = { code: 'connection_reset', message: 'Cut.', retrySoon: true } as const;
    const cut: SendResult = { kind: 'failed', error, timings };
    expect(judge(cut)).toEqual({ kind: 'rescheduled', delaySeconds: 1, error });
    expect(judge(cut, { ...first, retrySchedule: [0.5] })).toMatchObject({ delaySeconds: 0.5 });
    expect(judge(cut, last)).toMatchObject({ kind: 'dead' });
  });

  it('that the schedule does not count is tried again within minutes, however many there were', () => {
    const error = { code: 'network', message: 'Ours.', outsideSchedule: true } as const;
    const ours: SendResult = { kind: 'failed', error, timings };
    const delays = [1, 2, 8, 9, 1000].map((attemptNumber) =>
      judge(ours, { ...last, attemptNumber }),
    );
    expect(delays).toMatchObject([2, 4, 256, 300, 300].map((delaySeconds) => ({ delaySeconds })));
    expect(judge(ours, test)).toMatchObject({ kind: 'dead' });
  });

  it('that is the last of its cycle leaves the delivery dead', () => {
    expect(judge(answered(500), last)).toMatchObject({ kind: 'dead', webhookGone: false });
    expect(judge(failed(), last)).toMatchObject({ kind: 'dead', webhookGone: false });
  });

  it('that is answered with 410 leaves the delivery dead at once and the webhook gone', () => {
    expect(judge(answered(410))).toMatchObject({
      kind: 'dead',
      webhookGone: true,
      error: { code: 'http_status', message: expect.stringContaining('410') },
    });
  });

  it('that is redirected says to register the final URL', () => {
    expect(judge(answered(301))).toMatchObject({
      error: { code: 'redirect', message: expect.stringContaining('301') },
    });
  });

  it('that is a test is never tried again and never pauses its webhook', () => {
    expect(judge(answered(500), test)).toMatchObject({ kind: 'dead', webhookGone: false });
    expect(judge(answered(410), test)).toMatchObject({ kind: 'dead', webhookGone: false });
    expect(judge(answered(200), test)).toEqual({ kind: 'delivered' });
  });
});

describe('Retry-After', () => {
  it.each([429, 503])('of a %d puts the next attempt off', (status) => {
    const result = answered(status, { 'retry-after': '90' });
    expect(judge(result)).toMatchObject({ kind: 'rescheduled', delaySeconds: 90 });
  });

  it('as a date counts by the clock of the receiver, whatever ours says', () => {
    const headers = {
      date: 'Sun, 22 Nov 2026 10:00:00 GMT',
      'retry-after': 'Sun, 22 Nov 2026 10:15:00 GMT',
    };
    expect(judge(answered(503, headers))).toMatchObject({ delaySeconds: 900 });
  });

  it('never brings the next attempt forward', () => {
    const result = answered(503, { 'retry-after': '1' });
    expect(judge(result)).toMatchObject({ delaySeconds: 30 });
  });

  it('of any other status is not listened to', () => {
    const result = answered(500, { 'retry-after': '90' });
    expect(judge(result)).toMatchObject({ delaySeconds: 30 });
  });

  it('does not keep a delivery alive whose schedule is exhausted', () => {
    expect(judge(answered(503, { 'retry-after': '90' }), last)).toMatchObject({ kind: 'dead' });
  });
});
