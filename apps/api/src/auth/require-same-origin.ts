import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';

const OWN = ['same-origin', 'none'];
const JSON_TYPE = /^application\/json(;|$)/i;

/**
 * Refuses requests that another site may have made a browser send, on routes that use a cookie. Browsers that send
 * `Sec-Fetch-Site` say so themselves; others ask before they let a site send JSON elsewhere.
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
