import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';

/**
 * The owner of what the request registers or changes: the tenant that it acts for; null for a platform key that names
 * no tenant and so acts for the platform.
 *
 * @throws ApiError `permission_denied` for such a key without the permission `platform`
 */
export const Owner = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | null => {
    const { tenantId, principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (principal === null) throw new Error('This route is public.');
    const owner = tenantId ?? principal.tenantId;
    if (owner === null && !principal.permissions.has('platform')) {
      const detail = 'An event type of all tenants needs the permission `platform`.';
      throw new ApiError('permission_denied', detail);
    }
    return owner;
  },
);
