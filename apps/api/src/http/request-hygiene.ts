import type { onRequestHookHandler } from 'fastify';
import { ApiError } from './api-error.js';
import type { Shutdown } from './shutdown.js';

/** Runs first on every request, including those without a route. */
export function requestHygiene(shutdown: Shutdown): onRequestHookHandler {
  return (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    if (shutdown.closing) {
      throw new ApiError('service_unavailable', 'This process is shutting down.', {
        headers: { 'Retry-After': '1', Connection: 'close' },
      });
    }
    // Postgres cannot store it, and no path contains it.
    if (request.url.includes('%00')) {
      throw new ApiError('malformed_request', 'The URL contains a NUL character.');
    }
    done();
  };
}
