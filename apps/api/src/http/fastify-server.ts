import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerClientError } from './client-error.js';
import { requestIdOf } from './request-id.js';

/** One event or setting. */
export const BODY_LIMIT = 256 * 1024;
/** A batch of events. */
export const BATCH_BODY_LIMIT = 4 * 1024 * 1024;

/** Longer than a load balancer keeps idle connections (60 s), so that Schoolbell never closes one first. */
const KEEP_ALIVE_MS = 65_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;
/** A runtime's id in a path: 255 characters of up to four bytes, each of which takes three characters. */
const MAX_PARAM_LENGTH = 255 * 4 * 3;

/**
 * The HTTP server, bounded in size and time.
 *
 * @param trustedProxies CIDRs that are trusted to name the client's address and protocol; none: nobody
 * @param onFrameworkError answers what Fastify refuses before any route or hook runs
 */
export function fastifyServer(
  trustedProxies: readonly string[],
  onFrameworkError: (error: Error, request: FastifyRequest, reply: FastifyReply) => void,
): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_MS },
    genReqId: requestIdOf,
    clientErrorHandler: answerClientError,
    frameworkErrors: onFrameworkError,
    // Schoolbell's own hook does this, with a problem as the body.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    logger: false,
  });
}
