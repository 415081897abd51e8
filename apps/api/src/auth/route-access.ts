import type { Permission } from '@schoolbell/identity';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Principal } from './principal.js';

/**
 * Who may call a route.
 *
 * - `tenant: 'required'`: the route acts for one tenant, which must exist
 * - `tenant: 'optional'`: the route finds the tenant itself, for example in the body
 * - `tenant: 'none'`: the route belongs to no tenant
 */
export type RouteAccess =
  | {
      public: true;
      /** The token of a launch in its URL is the credential: requests are counted by it, not by address. */
      byLaunchToken?: boolean;
      /** It uses a cookie: requests that another site made a browser send are refused. */
      sameOrigin?: boolean;
    }
  | {
      public?: false;
      /** `any`: every valid credential; `user`: a signed-in user. */
      permission: Permission | 'any' | 'user';
      tenant: TenantRule;
      /** More than reading and retrying, so the platform's support may not use it. */
      notForSupport?: boolean;
    };

export type TenantRule = 'required' | 'optional' | 'none';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** Bytes; the server's limit otherwise. */
    bodyLimit?: number;
    /** Takes any JSON: the route itself refuses what must not be stored. */
    anyJson?: boolean;
  }
  interface FastifyRequest {
    /** Set on every route that is not public. */
    principal: Principal | null;
    /** UUID of the tenant that the request acts for; set where the route requires one. */
    tenantId: string | null;
  }
}

/** Served by libraries that know nothing of access. Every other route must declare who may call it. */
const PUBLIC_PATHS = /^\/(docs(\/.*)?|openapi\.json|assets\/\*)?$/;

/** Refuses to start with a route that does not declare who may call it, and applies each route's body limit. */
export function requireAccessOfEveryRoute(fastify: FastifyInstance): void {
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('tenantId', null);
  fastify.addHook('onRoute', (route: RouteOptions) => {
    const config = (route.config ??= {});
    if (!config.access && PUBLIC_PATHS.test(route.url)) config.access = { public: true };
    if (!config.access) {
      throw new Error(
        `The route ${String(route.method)} ${route.url} does not say who may call it.`,
      );
    }
    if (config.bodyLimit) route.bodyLimit = config.bodyLimit;
  });
}
