import type { FastifyRequest } from 'fastify';
import { ApiError, validationFailed } from '../http/api-error.js';
import { tenantOf } from './tenant-directory.js';

/** What Fastify's request tells about who posts, on a route whose body may name the tenant. */
export type Poster = Pick<FastifyRequest, 'principal' | 'tenantId' | 'headers'>;

/**
 * Whose is what was posted: the `tenantId` of the body, else whom the request acts for.
 *
 * @param named the body's `tenantId`
 * @returns UUID, not yet known to exist
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
