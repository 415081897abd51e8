import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { RateLimiter } from '../http/rate-limiter.js';
import { type Authenticator, unauthenticated } from './authenticator.js';
import { authorize } from './authorize.js';
import type { Principal } from './principal.js';
import { requireSameOrigin } from './require-same-origin.js';
import type { RouteAccess } from './route-access.js';
import type { TenantDirectory } from './tenant-directory.js';

interface AuthHookParts {
  authenticator: Authenticator;
  tenants: TenantDirectory;
  limiter: RateLimiter;
}

/**
 * Runs before the body is read, so that a stranger cannot make the API read one: who is it, are they too fast, may they
 * do this, and for which tenant. A hook rather than a Nest guard, so that it holds for raw Fastify routes too.
 *
 * Answers without a promise when the key was used a moment ago: this is the hot path.
 */
export function authHook(parts: AuthHookParts): onRequestHookHandler {
  return (request, reply, done) => {
    const access = accessOf(request);
    if (access.public) {
      if (!access.byLaunchToken) parts.limiter.countAddress(request.ip, reply);
      if (access.sameOrigin) requireSameOrigin(request);
      return done();
    }
    const principal = parts.authenticator.authenticate(request.headers);
    const outcome =
      principal instanceof Promise
        ? principal.then((found) => admit(parts, request, reply, access, found))
        : admit(parts, request, reply, access, principal);
    if (outcome instanceof Promise) {
      // oxlint-disable-next-line promise/no-callback-in-promise -- a Fastify hook has no other way
      outcome.then(() => done(), done);
    } else done();
  };
}

function accessOf(request: FastifyRequest): RouteAccess {
  // Only the answer to an unknown path has no declared access.
  return request.routeOptions.config?.access ?? { public: true };
}

function admit(
  { limiter, tenants }: AuthHookParts,
  request: FastifyRequest,
  reply: FastifyReply,
  access: Exclude<RouteAccess, { public: true }>,
  principal: Principal | undefined,
): void | Promise<void> {
  if (!principal) {
    limiter.countAddress(request.ip, reply);
    throw unauthenticated();
  }
  limiter.countPrincipal(principal, reply);
  return authorize(request, principal, access, tenants);
}
