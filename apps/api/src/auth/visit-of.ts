import type { Visit } from '@schoolbell/persistence';
import type { FastifyRequest } from 'fastify';

const LONGEST_USER_AGENT = 255;

/** The origin of a request, as a session shows it. */
export function visitOf({ ip, id, headers }: Pick<FastifyRequest, 'ip' | 'id' | 'headers'>): Visit {
  const userAgent = headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? '';
  return { address: ip, userAgent, requestId: id };
}
