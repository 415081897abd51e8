import { type IdKind, toTypeId } from '@schoolbell/ids';
import type { Actor, Author } from '@schoolbell/identity';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

const ID_KINDS: Record<Principal['kind'], IdKind> = { api_key: 'apiKey', user: 'user' };

/** The sender of a request, as the audit log names them. */
export function authorOf({
  principal,
  ip,
  id,
}: Pick<FastifyRequest, 'principal' | 'ip' | 'id'>): Author {
  if (principal === null) throw new Error('This route is public.');
  return { actor: actorOf(principal), address: ip, requestId: id };
}

function actorOf({ kind, id, name, tenantId }: Principal): Actor {
  return {
    kind: tenantId === null ? 'platform' : kind,
    id: toTypeId(ID_KINDS[kind], id),
    name,
  };
}
