import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import type { KnownWebhook } from './verdict-input.ts';
import { verdictOf } from './verdict.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();

const WEBHOOK = {
  authentication: { type: 'signature' },
  ordering: 'none',
  rateLimit: null,
  delivery: { mode: 'single' },
  pause: null,
  autoPauseAfter: 20,
} as NonNullable<KnownWebhook>;

function attempt(given: Partial<AttemptDocument> = {}): AttemptDocument {
  return {
    id: 'att_1',
    traceId: '0193563ff83d7b129abcdef012345678',
    number: 1,
    batch: null,
    trigger: 'scheduled',
    outcome: 'failed',
    at: at(-60),
    url: 'https://lms.northwind.edu/hooks?token=1',
    format: 'allureconnect',
    request: { headers: {}, body: '{}' },
    response: null,
    error: null,
    timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 3 },
    ...given,
  };
}

type Code = NonNullable<AttemptDocument['error']>['code'];
const failed = (code: Code, message = '', given: Partial<AttemptDocument> = {}) =>
  attempt({ error: { code, message }, ...given });
const answered = (status: number, headers: Record<string, string> = {}, message = '') =>
  attempt({
    response: { status, headers, body: '', truncated: false },
    ...(status >= 200 && status < 300
      ? { outcome: 'delivered' as const }
      : {
          error: {
            code: status >= 300 && status < 400 ? ('redirect' as const) : ('http_status' as const),
            message,
          },
        }),
  });

function delivery(
  status: DeliveryHistoryDocument['status'],
  attempts: AttemptDocument[] = [],
  given: Partial<DeliveryHistoryDocument> = {},
): DeliveryHistoryDocument {
  return {
    id: 'dlv_1',
    tenantId: 'ten_1',
    eventId: 'evt_1',
    eventType: 'session.completed',
    webhookId: 'wh_1',
    status,
    test: false,
    attemptCount: attempts.length,
    nextAttemptAt: status === 'pending' ? at(3_480) : null,
    lastAttempt: null,
    fallback: null,
    createdAt: at(-100),
    updatedAt: at(-60),
    attempts,
    ...given,
  } as DeliveryHistoryDocument;
}

const judge = (one: DeliveryHistoryDocument, webhook: KnownWebhook = WEBHOOK) =>
  verdictOf({ delivery: one, webhook, now: NOW });
const textOf = ({ cause, meaning = '', step = '' }: ReturnType<typeof judge>) =>
  [cause, meaning, step].join(' ');

describe('the verdict about a delivery that waits', () => {
  it('says how its attempts ended, in their order, and that nothing is lost', () => {
    const attempts = [
      answered(503),
      answered(503),
      answered(503),
      failed('timeout', 'The receiver did not answer within 10 s. Answer first.'),
    ];
    const verdict = judge(delivery('pending', attempts));
    expect(verdict).toMatchObject({ title: 'Not delivered yet', tone: 'bad', turn: 'customer' });
    expect(verdict.cause).toBe(
      'lms.northwind.edu answered 503 Service Unavailable 3 times, then did not answer in time.',
    );
    expect(verdict.meaning).toContain('Nobody can tell whether they received it');
    expect(verdict.meaning).toContain('the next attempt follows by itself');
  });

  it('tells the last endings alone where there were many', () => {
    const attempts = [answered(500), answered(404), answered(500), answered(404), answered(503)];
    expect(judge(delivery('pending', attempts)).cause).toMatch(
      /^Lately, lms.northwind.edu answered 500/,
    );
  });

  it.each([
    [503, 'customer', /deployed or is overloaded/],
    [500, 'customer', /find the error in their log/],
    [502, 'customer', /behind the proxy/],
    [522, 'customer', /proxy in front of their server could not reach it/],
    [599, 'customer', /internal error/],
    [400, 'customer', /rejects its form/],
    [401, 'customer', /secret of this webhook/],
    [403, 'customer', /firewall/],
    [404, 'customer', /nothing at this path/],
    [405, 'customer', /takes no POST/],
    [413, 'customer', /too large/],
    [415, 'customer', /Content-Type/],
    [422, 'customer', /rejects what it says/],
    [429, 'customer', /rate limit/],
    [418, 'customer', /refuses the request/],
    [304, 'customer', /follows no redirects/],
    [199, 'customer', /200 to 299/],
  ])('knows what an answer of %d means', (status, turn, words) => {
    const verdict = judge(delivery('pending', [answered(status)]));
    expect(verdict.turn).toBe(turn);
    expect(textOf(verdict)).toMatch(words);
  });

  it.each([
    [
      'timeout',
      'The receiver did not answer within 10 s. Answer first, then do the work.',
      'customer',
      /answer 2xx first/,
    ],
    [
      'timeout',
      'No connection to the receiver could be opened within 10 s.',
      'customer',
      /firewall drops/,
    ],
    [
      'connection_refused',
      'The receiver refused the connection. Check that …',
      'customer',
      /port of the URL/,
    ],
    [
      'connection_reset',
      'The receiver closed the connection before its answer was complete.',
      'customer',
      /Nobody can tell whether they received it/,
    ],
    [
      'connection_reset',
      'The receiver closed a kept-open connection just as the request was sent, and may or may not have read it. Schoolbell sends the request again on a new connection.',
      'schoolbell',
      /sends the request again on a new connection/,
    ],
    [
      'dns',
      'The host name of the URL has no address. Check its spelling and its DNS records.',
      'customer',
      /DNS records/,
    ],
    [
      'dns',
      'Schoolbell could not look up any host name: its own name servers fail. There is nothing to do on your side: deliveries are tried again.',
      'schoolbell',
      /nothing to do on your side/,
    ],
    [
      'network',
      'Schoolbell could not connect to any receiver: its own network fails. There is nothing to do on your side: deliveries are tried again.',
      'schoolbell',
      /own network/,
    ],
    [
      'network',
      'The receiver could not be reached over the network. Check …',
      'customer',
      /from the internet/,
    ],
    ['tls', 'The certificate of the receiver has expired.', 'customer', /renew the certificate/],
    ['tls', 'The certificate of the receiver is self-signed.', 'customer', /their CA/],
    [
      'tls',
      'The certificate of the receiver does not name the host of the URL.',
      'customer',
      /names the host/,
    ],
    [
      'tls',
      'The receiver did not accept the client certificate, or asks for one and the webhook has none.',
      'customer',
      /client certificate/,
    ],
    ['tls', 'The TLS handshake failed. Check that …', 'customer', /TLS 1\.2/],
    [
      'blocked_address',
      'The URL leads to an address that is not sent to. Use one …',
      'customer',
      /public address/,
    ],
    [
      'invalid_response',
      'The receiver answered with something that is not HTTP/1.1.',
      'customer',
      /HTTP server/,
    ],
    [
      'token_unavailable',
      'No access token could be fetched from the tokenUrl of the webhook. The token server answered 401.',
      'customer',
      /token server answered 401.*token URL/,
    ],
    ['interrupted', 'The attempt was cut off by a restart of Schoolbell.', 'schoolbell', /cut off/],
  ] as const)('knows whose turn it is after %s (%s)', (code, message, turn, words) => {
    const verdict = judge(delivery('pending', [failed(code, message)]));
    expect(verdict.turn).toBe(turn);
    expect(textOf(verdict)).toMatch(words);
  });

  it('says where a redirect points to, with nothing hidden in it', () => {
    const moved = answered(301, { location: 'https://new.example.edu/\u202Esooh' });
    const { meaning, step } = judge(delivery('pending', [moved]));
    expect(meaning).toContain('It points to https://new.example.edu/⟨U+202E⟩sooh.');
    expect(step).toContain('set the final address');
  });

  it.each(['basic', 'bearer', 'oauth2', 'form'] as const)(
    'blames the credentials after 401 where the webhook has them (%s)',
    (type) => {
      const webhook = { ...WEBHOOK, authentication: { type } };
      expect(judge(delivery('pending', [answered(401)]), webhook).step).toContain('credentials');
    },
  );

  it('knows that nothing was sent yet, and why it waits', () => {
    const fresh = delivery('pending', [], { nextAttemptAt: at(0) });
    expect(judge(fresh)).toMatchObject({ title: 'Not sent yet', turn: 'schoolbell' });
    const collected = delivery('pending', [], { nextAttemptAt: at(40) });
    const batch = { ...WEBHOOK, delivery: { mode: 'batch' as const } };
    expect(judge(collected, batch).cause).toContain('collected for a batch');
  });

  it('knows what holds up one that is overdue', () => {
    const late = delivery('pending', [], { nextAttemptAt: at(-30) });
    expect(judge(late, { ...WEBHOOK, ordering: 'session' }).cause).toContain(
      'earlier delivery of the same session',
    );
    expect(judge(late, { ...WEBHOOK, rateLimit: 5 }).cause).toContain('5 requests a second');
    expect(judge(late).cause).toContain('none of its attempts has ended yet');
  });

  it('does not call one failed that was delivered and is sent again', () => {
    const verdict = judge(delivery('pending', [answered(200)], { nextAttemptAt: at(0) }));
    expect(verdict).toMatchObject({ title: 'Being sent again', tone: 'wait', turn: 'schoolbell' });
    expect(verdict.cause).toContain('not known yet');
  });
});

describe('the verdict about one that was delivered', () => {
  it('says accepted, not processed', () => {
    const { cause, turn } = judge(delivery('delivered', [answered(200)]));
    expect(cause).toContain(
      'lms.northwind.edu answered 200 OK: their server has accepted the event.',
    );
    expect(cause).toContain('only they know');
    expect(cause).not.toContain('processed');
    expect(turn).toBe('nobody');
  });

  it('knows that 202 is a promise, and what went before', () => {
    const { cause } = judge(delivery('delivered', [answered(503), answered(503), answered(202)]));
    expect(cause).toContain('work on it later');
    expect(cause).toContain(
      'Before that: lms.northwind.edu answered 503 Service Unavailable twice.',
    );
  });

  it('says of one that was passed over that a newer one went', () => {
    const passed = delivery('delivered', [], { coalescedInto: 'dlv_2' });
    expect(judge(passed).cause).toContain('A newer event of the same session');
  });
});

describe('the verdict about one that is held', () => {
  it.each([
    ['manual', /paused the webhook by hand/],
    ['consecutive_failures', /after 20 failed attempts in a row/],
    ['gone', /410 Gone/],
    ['handshake', /not yet consented/],
  ] as const)('gives the reason of the pause (%s)', (reason, words) => {
    const webhook = { ...WEBHOOK, pause: { reason, at: at(-5), lastError: null } };
    const verdict = judge(delivery('held'), webhook);
    expect(verdict.cause).toMatch(words);
    expect(verdict.step).toContain('resume the webhook');
  });

  it('says that it waits for the webhook although nothing is known of it', () => {
    expect(verdictOf({ delivery: delivery('held'), now: NOW }).cause).toBe(
      'Its webhook is paused.',
    );
  });
});

describe('the verdict about one that is dead', () => {
  it('says that nothing follows by itself, and what to do', () => {
    const verdict = judge(delivery('dead', [answered(503), answered(503)]));
    expect(verdict.meaning).toContain('The retry schedule is exhausted');
    expect(verdict.step).toMatch(/; then retry it$/);
  });

  it('knows that 410 ends it at once', () => {
    const { meaning, step } = judge(delivery('dead', [answered(410)]));
    expect(meaning).not.toContain('exhausted');
    expect(meaning).toContain('nobody wants this any more');
    expect(step).toContain('resume the webhook and retry');
  });

  it('gives the runtime its turn where the receiver will never take the event', () => {
    const refused = answered(
      400,
      {},
      'The receiver answered 400 and will never accept this event: actor is missing',
    );
    expect(judge(delivery('dead', [refused]))).toMatchObject({
      turn: 'runtime',
      step: expect.stringMatching(/report it as a new event$/),
    });
  });

  it('says what of the webhook made no request possible', () => {
    const verdict = judge(
      delivery('dead', [failed('unsendable', 'The template fails at line 3.')]),
    );
    expect(verdict.turn).toBe('customer');
    expect(textOf(verdict)).toContain(
      'no request could be made. The template fails at line 3.'.slice(28),
    );
    expect(textOf(verdict)).toContain('No request could be made.');
  });

  it('takes the blame for what we stored and for what we cut off', () => {
    expect(judge(delivery('dead', [failed('damaged_event', 'Damaged.')])).turn).toBe('schoolbell');
    const cut = failed('interrupted', '', { outcome: 'interrupted' });
    const verdict = judge(delivery('dead', [cut, cut, cut, cut, cut]));
    expect(verdict).toMatchObject({
      turn: 'schoolbell',
      cause: 'The attempt was cut off on our side 5 times.',
      step: 'retry it once that is over',
    });
    expect(verdict.meaning).toContain('5 times in a row');
  });

  it.each([
    ['pending', /being sent to the webhook’s fallback URL/],
    ['delivered', /fallback URL has accepted it/],
    ['dead', /did not accept it either/],
    ['discarded', /no longer sent to the fallback/],
  ] as const)(
    'tells how its fallback goes, and judges by its own attempts (%s)',
    (status, words) => {
      const fallback = {
        ...answered(200),
        trigger: 'fallback' as const,
        url: 'https://spare.example/',
      };
      const dead = delivery('dead', [answered(503), fallback], {
        fallback: { status, lastAttempt: null },
      });
      const verdict = judge(dead);
      expect(verdict.cause).toBe('lms.northwind.edu answered 503 Service Unavailable.');
      expect(verdict.meaning).toMatch(words);
    },
  );

  it('knows a test, and one that was erased', () => {
    const test = judge(delivery('dead', [answered(404)], { test: true }));
    expect(test).toMatchObject({
      title: 'The test failed',
      step: expect.stringContaining('test the webhook again'),
    });
    const erased = judge(delivery('dead', [answered(404)], { erased: true }));
    expect(erased).toMatchObject({ turn: 'nobody', step: undefined });
    expect(erased.meaning).toContain('cannot be sent again');
  });
});

describe('the verdict about one that was discarded', () => {
  it.each([
    ['filtered', /filter turned this event away/],
    ['not_carried', /no place for this event/],
    ['erased', /forgotten/],
    [undefined, /need not be sent/],
  ] as const)('gives the reason (%s)', (discardReason, words) => {
    const discarded = delivery('discarded', [], discardReason && { discardReason });
    expect(judge(discarded)).toMatchObject({ turn: 'nobody', cause: expect.stringMatching(words) });
  });

  it('blames nobody where the webhook is gone', () => {
    expect(judge(delivery('discarded'), null).cause).toContain('Its webhook was deleted');
  });
});
