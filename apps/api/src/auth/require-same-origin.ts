import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';

const OWN = ['same-origin', 'none'];
const JSON_TYPE = /^application\/json(;|$)/i;

/**
 * Refuses what another site may have made a browser send, for routes that work with a cookie. `Sec-Fetch-Site` says
 * so where it is there; without it, no site can send JSON elsewhere without being asked first.
 *
 * @throws ApiError `cross_site_request`
 */
export function requireSameOrigin({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || OWN.includes(String(site));
  if (!isOwn || !JSON_TYPE.test(headers['content-type'] ?? '')) {
    throw new ApiError('cross_site_request');
  }
}
