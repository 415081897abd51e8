import type { FastifyReply } from 'fastify';
import type { Principal } from '../auth/principal.js';
import { ApiError } from './api-error.js';

interface Policy {
  name: string;
  /** Requests per window. */
  quota: number;
}

const WINDOW_MS = 10_000;
const WINDOW_SECONDS = WINDOW_MS / 1000;

/** A runtime service reports for all tenants at once; the limit only stops runaway loops. */
const PLATFORM_KEY: Policy = { name: 'platform-key', quota: 200_000 };
/** Customers may post events themselves, as fast as a machine can take them. */
const TENANT_KEY: Policy = { name: 'tenant-key', quota: 100_000 };
/** Somebody at a dashboard; the limit only stops a page that runs wild. */
const USER: Policy = { name: 'user', quota: 2_000 };
/** Requests without a valid key: the docs, health checks, and attempts to guess keys. */
const ADDRESS: Policy = { name: 'address', quota: 1_000 };
/** A page that commits at each step of a learner stays far below it. */
const LAUNCH_TOKEN: Policy = { name: 'launch-token', quota: 500 };

/** Requests per window of 10 s; a test holds `docs/api.md` against them. */
export const RATE_LIMITS: readonly Policy[] = [
  PLATFORM_KEY,
  TENANT_KEY,
  USER,
  LAUNCH_TOKEN,
  ADDRESS,
];

function policyOf({ kind, tenantId }: Principal): Policy {
  if (kind === 'user') return USER;
  return tenantId === null ? PLATFORM_KEY : TENANT_KEY;
}

/**
 * Counts requests in fixed windows of 10 s, in memory: each API process allows the whole quota. The limits are
 * generous: they stop accidents, they do not sell tiers.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export class RateLimiter {
  private counts = new Map<string, number>();
  private windowEnd = 0;

  /** @param now ms of any origin; not the wall clock, since setting it back would stretch a window */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws ApiError `rate_limited` */
  countPrincipal(principal: Principal, reply: FastifyReply): void {
    this.count(policyOf(principal), principal.id, reply);
  }

  /** @throws ApiError `rate_limited` */
  countAddress(address: string, reply: FastifyReply): void {
    this.count(ADDRESS, address, reply);
  }

  /**
   * @param token hash of the launch's token
   * @throws ApiError `rate_limited`
   */
  countLaunch(token: string, reply: FastifyReply): void {
    this.count(LAUNCH_TOKEN, token, reply);
  }

  /** Counts nothing. @throws ApiError `rate_limited` for an address that has used up its quota */
  refuseExhausted(address: string): void {
    if (this.now() < this.windowEnd && (this.counts.get(address) ?? 0) >= ADDRESS.quota) {
      throw this.tooMany();
    }
  }

  private count({ name, quota }: Policy, who: string, reply: FastifyReply): void {
    const now = this.now();
    if (now >= this.windowEnd) {
      this.counts = new Map();
      this.windowEnd = now + WINDOW_MS;
    }
    const count = (this.counts.get(who) ?? 0) + 1;
    this.counts.set(who, count);
    const seconds = this.secondsLeft();
    reply.header('RateLimit', `"${name}";r=${Math.max(0, quota - count)};t=${seconds}`);
    reply.header('RateLimit-Policy', `"${name}";q=${quota};w=${WINDOW_SECONDS}`);
    if (count > quota) throw this.tooMany();
  }

  private secondsLeft(): number {
    return Math.ceil((this.windowEnd - this.now()) / 1000);
  }

  private tooMany(): ApiError {
    const headers = { 'Retry-After': String(this.secondsLeft()) };
    return new ApiError('rate_limited', undefined, { headers });
  }
}
