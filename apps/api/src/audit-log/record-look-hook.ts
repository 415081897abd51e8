import { fromTypeId } from '@schoolbell/ids';
import type { AuditLogRepository } from '@schoolbell/persistence';
import type { FastifyRequest, preHandlerHookHandler } from 'fastify';
import { authorOf } from '../auth/author-of.js';

/** A page that keeps asking counts as one look. */
const SAME_LOOK_MS = 60_000;

/** Above this number, everything is forgotten and the next look at each tenant makes a new entry. */
const MOST_REMEMBERED = 10_000;

/**
 * Writes each look of a platform user at a tenant into the audit log before the answer: if the entry cannot be written,
 * the request fails.
 */
export function recordLookHook(
  auditLog: Pick<AuditLogRepository, 'recordLook'>,
  now: () => number = Date.now,
): preHandlerHookHandler {
  const looks = new Map<string, number>();
  return (request, _reply, done) => {
    const tenantId = tenantLookedAt(request);
    if (tenantId === undefined) return done();
    const path = request.url.split('?')[0]!;
    const look = `${request.principal!.id} ${tenantId ?? 'all'} ${path}`;
    const since = now() - (looks.get(look) ?? -Infinity);
    if (since >= 0 && since < SAME_LOOK_MS) return done();
    auditLog.recordLook(authorOf(request), tenantId, path).then(() => {
      if (looks.size >= MOST_REMEMBERED) looks.clear();
      looks.set(look, now());
      // oxlint-disable-next-line promise/no-callback-in-promise -- a Fastify hook has no other way
      done();
    }, done);
  };
}

/** @returns UUID; null for all tenants; `undefined` for users of a tenant, and for requests about no tenant */
function tenantLookedAt({
  method,
  principal,
  tenantId,
  routeOptions,
  params,
}: FastifyRequest): string | null | undefined {
  if (principal?.kind !== 'user' || principal.tenantId !== null || method !== 'GET') return;
  const { access } = routeOptions.config ?? {};
  if (routeOptions.url === '/v1/tenants/:id') {
    return fromTypeId('tenant', (params as { id: string }).id);
  }
  if (routeOptions.url === '/v1/tenants') return null;
  return access?.public || access?.tenant === 'none' ? undefined : tenantId;
}
