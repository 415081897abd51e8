import type { FastifyInstance } from 'fastify';

/** True once shutdown has begun: new requests are refused, running ones finish. */
export interface Shutdown {
  closing: boolean;
}

const HANG_UP_EVERY_MS = 50;

/**
 * Notes when the server begins to close, and from then on closes every connection whose request has been answered. Node
 * does so only once, at the beginning; a connection that is busy then would otherwise stay open for another request,
 * and keep the process alive beyond its grace period.
 */
export function watchShutdown(fastify: FastifyInstance): Shutdown {
  const shutdown: Shutdown = { closing: false };
  fastify.addHook('preClose', async () => {
    shutdown.closing = true;
    const { server } = fastify;
    const hangUp = setInterval(() => server.closeIdleConnections(), HANG_UP_EVERY_MS);
    server.once('close', () => clearInterval(hangUp));
    hangUp.unref();
  });
  return shutdown;
}
