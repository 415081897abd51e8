import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';
import type { Received } from './receivers.js';

const received = (eventId: string, ok: boolean, attempt = 1): Received => ({
  isLead: true,
  eventId,
  eventType: 'session.launched',
  attempt,
  verified: true,
  behaviour: ok ? { kind: 'ok' } : { kind: 'fail', status: 500 },
});

describe('the demo’s ledger', () => {
  it('counts what arrived at once and what arrived after failures', () => {
    const ledger = new Ledger();
    ledger.posted('a', 'A', 100);
    ledger.posted('b', 'B', 200);
    ledger.posted('c', 'C', 300);
    ledger.received(received('a', true), 110);
    ledger.received(received('b', false), 230);
    expect(ledger.received(received('b', true, 2), 1230)).toBe(1);
    expect(ledger.tally()).toMatchObject({
      posted: 3,
      delivered: 2,
      firstTime: 1,
      afterRetries: 1,
      failedAttempts: 1,
      unverified: 0,
      latencies: [10, 30],
    });
  });

  it('takes a request that overtakes the answer to its POST', () => {
    const ledger = new Ledger();
    ledger.received(received('a', true), 105);
    expect(ledger.tally().posted).toBe(0);
    ledger.posted('a', 'A', 100);
    expect(ledger.tally()).toMatchObject({ posted: 1, delivered: 1, latencies: [5] });
  });

  it('does not count a request whose signature is wrong as delivered', () => {
    const ledger = new Ledger();
    ledger.posted('a', 'A', 100);
    ledger.received({ ...received('a', true), verified: false }, 110);
    expect(ledger.tally()).toMatchObject({ delivered: 0, unverified: 1, failedAttempts: 1 });
  });
});
