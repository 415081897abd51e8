import { describe, expect, it } from 'vitest';
import { ApiError } from '../http/api-error.js';
import { LoginLimiter, LOGINS_PER_EMAIL, LOGINS_PER_MINUTE } from './login-limiter.js';

const setUp = () => {
  const clock = { now: 5_000 };
  const limiter = new LoginLimiter(() => clock.now);
  const login = (email: string, address: string, device?: string) =>
    retryAfterOf(() => limiter.count({ email, address, device }));
  return { clock, limiter, login };
};

/** Seconds to wait; undefined if the trial was let through. */
function retryAfterOf(trial: () => void): string | undefined {
  try {
    trial();
    return undefined;
  } catch (error) {
    expect((error as ApiError).code).toBe('rate_limited');
    return (error as ApiError).headers['Retry-After'];
  }
}

const times = (count: number, work: (i: number) => unknown) =>
  Array.from({ length: count }, (_, i) => work(i));

describe('logins', () => {
  it('are ten a minute from one address, whoever they are for', () => {
    const { clock, login } = setUp();
    const each = (i: number) => login(`user${i}@example.com`, '192.0.2.1');
    expect(times(LOGINS_PER_MINUTE, each)).toEqual(Array(10).fill(undefined));
    clock.now += 20_000;
    expect(each(10)).toBe('40');
    expect(login('user@example.com', '192.0.2.2')).toBeUndefined();
    clock.now += 40_000;
    expect(each(10)).toBeUndefined();
  });

  it('are ten in any minute, not ten before and ten after the full one', () => {
    const { clock, login } = setUp();
    times(5, () => login('a@example.com', '192.0.2.1'));
    clock.now += 30_000;
    times(5, () => login('a@example.com', '192.0.2.1'));
    clock.now += 30_000;
    times(5, () => expect(login('a@example.com', '192.0.2.1')).toBeUndefined());
    expect(login('a@example.com', '192.0.2.1')).toBe('30');
  });

  it('are bounded for one user too, from however many addresses', () => {
    const { login } = setUp();
    times(LOGINS_PER_EMAIL, (i) => login('a@example.com', `192.0.2.${i}`));
    expect(login('a@example.com', '198.51.100.1')).toBe('60');
    expect(login('b@example.com', '198.51.100.1')).toBeUndefined();
  });

  it('from one network of IPv6 are those of one address', () => {
    const { login } = setUp();
    times(LOGINS_PER_MINUTE, (i) => login('a@example.com', `2001:db8:0:7::${i + 1}`));
    expect(login('a@example.com', '2001:db8:0:7:ffff::1')).toBe('60');
    expect(login('a@example.com', '2001:db8:0:8::1')).toBeUndefined();
  });

  it('from a known device get through while others fail for its user, ten a minute', () => {
    const { login } = setUp();
    times(LOGINS_PER_EMAIL, (i) => login('a@example.com', `192.0.2.${i % 2}`));
    const fromDevice = () => login('a@example.com', '192.0.2.1', 'device');
    expect(times(LOGINS_PER_MINUTE, fromDevice)).toEqual(Array(10).fill(undefined));
    expect(fromDevice()).toBe('60');
  });

  it('with a code are ten a minute for each user, also for who knows the password', () => {
    const { limiter } = setUp();
    const code = (user: string) => retryAfterOf(() => limiter.countCode(user));
    times(LOGINS_PER_MINUTE, () => expect(code('one')).toBeUndefined());
    expect(code('one')).toBe('60');
    expect(code('other')).toBeUndefined();
  });
});
