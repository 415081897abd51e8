import type { FastifyRequest } from 'fastify';
import { ApiError, validationFailed } from '../http/api-error.js';
import { tenantOf } from './tenant-directory.js';

/** What Fastify's request says about the sender of a post, on a route whose body may name the tenant. */
export type Poster = Pick<FastifyRequest, 'principal' | 'tenantId' | 'headers'>;

/**
 * The tenant of what was posted: the body's `tenantId`, else the one that the request acts for.
 *
 * @param named the body's `tenantId`
 * @returns UUID, which may not exist
 * @throws ApiError `tenant_mismatch`, `tenant_not_found`, `tenant_required`, `validation_failed`
 */
export function tenantOfPosted(poster: Poster, named: string | undefined): string {
  const ofRequest = poster.tenantId ?? undefined;
  const ofBody = named === undefined ? ofRequest : tenantOf(poster.principal!, named);
  if (ofBody === undefined) throw new ApiError('tenant_required');
  if (ofRequest !== undefined && ofBody !== ofRequest) {
    throw validationFailed([
      { path: 'tenantId', message: 'is not the tenant that X-Tenant-Id names' },
    ]);
  }
  return ofBody;
}
