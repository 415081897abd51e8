import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Author } from '@schoolbell/identity';
import type { FastifyRequest } from 'fastify';
import { authorOf } from './author-of.js';
import type { Principal, UserPrincipal } from './principal.js';

const requestOf = (context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>();

/** UUID of the tenant that the request acts for; only on routes that require one. */
export const TenantId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { tenantId } = requestOf(context);
  if (tenantId === null) throw new Error('This route does not require a tenant.');
  return tenantId;
});

/**
 * UUID of the tenant that the request acts for, on routes that may act for all tenants; `undefined` only for the
 * platform.
 */
export const OptionalTenantId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const { tenantId, principal } = requestOf(context);
    if (principal === null) throw new Error('This route is public.');
    return tenantId ?? principal.tenantId ?? undefined;
  },
);

/** The sender of the request; only on routes that are not public. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => {
    const { principal } = requestOf(context);
    if (principal === null) throw new Error('This route is public.');
    return principal;
  },
);

/** The signed-in user; only on routes with the permission `user`. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): UserPrincipal => {
    const { principal } = requestOf(context);
    if (principal?.kind !== 'user') throw new Error('This route is not only for users.');
    return principal;
  },
);

/** The sender of the request as the author of its changes; only on routes that are not public. */
export const CurrentAuthor = createParamDecorator((_: unknown, context: ExecutionContext): Author =>
  authorOf(requestOf(context)),
);
