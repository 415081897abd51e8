import { beforeEach, describe, expect, it } from 'vitest';
import { Reachability, type Trial } from './reachability.js';

describe('an address that cannot be reached', () => {
  let now = 0;
  let trials: Trial[] = [];
  let reach: Reachability;
  beforeEach(() => {
    now = 100_000;
    trials = [];
    reach = new Reachability(
      () => trials,
      () => now,
    );
  });

  /** Fails there now. @returns whether it is our failure */
  const fails = (address: string): boolean => {
    reach.unreached(address);
    return reach.isOurs(address, now++);
  };

  it("is the customer's failure, however often it fails", () => {
    for (let n = 0; n < 10; n++) expect(fails('192.0.2.1')).toBe(false);
  });

  it('is our failure with the third different one, until one is reached', () => {
    expect(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.1'].map(fails)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    reach.reached('192.0.2.4');
    expect(fails('192.0.2.1')).toBe(false);
  });

  it("is the customer's failure when another was reached while it was tried", () => {
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) fails(address);
    const since = now;
    now += 5000;
    reach.reached('192.0.2.9');
    now += 5000;
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) reach.unreached(address);
    expect(reach.isOurs('192.0.2.1', since)).toBe(false);
    expect(reach.isOurs('192.0.2.1', now)).toBe(true);
  });

  it('is no sign after a minute', () => {
    for (const address of ['192.0.2.1', '192.0.2.2']) fails(address);
    now += 60_000;
    expect(fails('192.0.2.3')).toBe(false);
  });

  it('is our failure while two others have been silent for a second', () => {
    const trial = { startedAt: now, unanswered: true };
    trials = ['192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.3'].map((address) => ({
      ...trial,
      address,
    }));
    trials.push({ ...trial, address: null });
    now += 999;
    expect(reach.isOurs('192.0.2.1', now)).toBe(false);
    now += 1;
    expect(reach.isOurs('192.0.2.1', now)).toBe(true);
    trials = trials.map((one) =>
      one.address === '192.0.2.3' ? { ...one, unanswered: false } : one,
    );
    expect(reach.isOurs('192.0.2.1', now)).toBe(false);
  });

  it('is never ours on this machine, which in turn tells nothing of the network', () => {
    const own = ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'];
    expect(own.map(fails)).toEqual(own.map(() => false));
    for (const address of ['192.0.2.1', '192.0.2.2']) fails(address);
    reach.reached('127.0.0.1');
    expect(fails('192.0.2.3')).toBe(true);
    expect(fails('127.0.0.1')).toBe(false);
  });
});
