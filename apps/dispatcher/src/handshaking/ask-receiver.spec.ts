import type {
  AttemptError,
  ClaimedHandshake,
  OutgoingRequest,
  SendResult,
} from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { askReceiver } from './ask-receiver.js';
import { requestOrigin } from './request-origin.js';

const ORIGIN = 'schoolbell.example';
const timings = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 };
const REFUSED: AttemptError = { code: 'connection_refused', message: 'Nobody listens.' };

const handshake: ClaimedHandshake = {
  leaseId: 'l',
  webhookId: 'w',
  tenantId: 't',
  url: 'https://receiver.example/hook',
  format: 'cloudevents',
  rateLimit: null,
  timeoutSeconds: 7,
  attempt: 1,
};

async function ask(result: SendResult, changes: Partial<ClaimedHandshake> = {}) {
  const sent: OutgoingRequest[] = [];
  const sender = {
    send: async (request: OutgoingRequest) => {
      sent.push(request);
      return result;
    },
  };
  return { verdict: await askReceiver(sender, { ...handshake, ...changes }, ORIGIN), sent };
}

const answered = (headers: Record<string, string>): SendResult => ({
  kind: 'answered',
  response: { status: 200, headers, body: '', truncated: false },
  timings,
});
const failed = (error = REFUSED): SendResult => ({ kind: 'failed', error, timings });

describe('a receiver is asked', () => {
  it('by OPTIONS to the very URL, within the webhook’s timeout', async () => {
    const { sent } = await ask(failed());
    expect(sent).toMatchObject([
      { method: 'OPTIONS', url: handshake.url, timeoutMs: 7000, newConnection: true },
    ]);
  });

  it.each([
    [1, 30],
    [2, 120],
    [3, 600],
    [4, null],
  ])('again after question %d in %s s, if it does not consent', async (attempt, againInSeconds) => {
    for (const result of [failed(), answered({})]) {
      const { verdict } = await ask(result, { attempt });
      expect(verdict).toMatchObject({ kind: 'failed', againInSeconds });
    }
  });

  it('again for as long as we ourselves are what fails', async () => {
    const { verdict } = await ask(failed({ ...REFUSED, ours: true }), { attempt: 99 });
    expect(verdict).toMatchObject({ kind: 'failed', againInSeconds: 30 });
  });
});

describe('an answer', () => {
  const consent = { 'webhook-allowed-origin': '*', 'webhook-allowed-rate': '90' };

  it.each([
    ['counts', answered(consent)],
    ['counts when its body was cut off', { ...answered(consent), ...failed() }],
  ])('%s', async (_what, result) => {
    const { verdict } = await ask(result as SendResult);
    expect(verdict).toEqual({ kind: 'consented', origin: ORIGIN, perMinute: 90 });
  });

  it('that never came is told with what went wrong', async () => {
    const { verdict } = await ask(failed());
    expect(verdict).toMatchObject({
      error: 'The receiver could not be asked for its consent. Nobody listens.',
    });
  });
});

it('we name ourselves by the host where people reach the API', () => {
  expect(requestOrigin('https://Schoolbell.example:8443/bell')).toBe(ORIGIN);
  expect(requestOrigin(undefined)).toBe('schoolbell.invalid');
});
