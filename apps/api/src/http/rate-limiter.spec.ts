import type { FastifyReply } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.js';
import { RateLimiter } from './rate-limiter.js';

function recordedReply() {
  const headers: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => (headers[name] = value) };
  return { reply: reply as unknown as FastifyReply, headers };
}

describe('the rate limit', () => {
  it('says how much is left, refuses what is too much, and starts anew in the next window', () => {
    let now = 1_000_000;
    const limiter = new RateLimiter(() => now);
    const { reply, headers } = recordedReply();
    const call = () => limiter.countAddress('192.0.2.1', reply);

    call();
    expect(headers).toEqual({
      RateLimit: '"address";r=999;t=10',
      'RateLimit-Policy': '"address";q=1000;w=10',
    });
    for (let i = 1; i < 1_000; i++) call();
    now += 4_000;
    expect(call).toThrow(ApiError);
    try {
      call();
    } catch (error) {
      expect(error).toMatchObject({ code: 'rate_limited', headers: { 'Retry-After': '6' } });
    }
    expect(() => limiter.countAddress('192.0.2.2', reply)).not.toThrow();
    now += 6_000;
    expect(call).not.toThrow();
  });

  it('has windows of 10 s also when the clock is put back', () => {
    vi.useFakeTimers();
    try {
      const limiter = new RateLimiter();
      const { reply } = recordedReply();
      const call = () => limiter.countAddress('192.0.2.1', reply);
      for (let i = 0; i < 1_000; i++) call();
      vi.setSystemTime(Date.now() - 3_600_000);
      expect(call).toThrow(ApiError);
      vi.advanceTimersByTime(10_000);
      expect(call).not.toThrow();
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts what comes with the token of a launch by that, and only wrong tokens by their address', () => {
    let now = 0;
    const limiter = new RateLimiter(() => now);
    const { reply } = recordedReply();
    for (let i = 0; i < 500; i++) limiter.countLaunch('a', reply);
    expect(() => limiter.countLaunch('a', reply)).toThrow(ApiError);
    limiter.countLaunch('b', reply);

    for (let i = 0; i < 1_000; i++) {
      limiter.refuseExhausted('192.0.2.1');
      limiter.countAddress('192.0.2.1', reply);
    }
    expect(() => limiter.refuseExhausted('192.0.2.1')).toThrow(ApiError);
    limiter.refuseExhausted('192.0.2.2');
    now = 10_000;
    limiter.refuseExhausted('192.0.2.1');
  });
});
