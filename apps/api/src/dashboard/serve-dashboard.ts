import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteIndex } from '../http/route-index.js';

/** Where the build puts it; run from sources, there is none. */
export const BUILT_DASHBOARD = join(import.meta.dirname, '..', '..', '..', '..', 'dashboard');

const KEPT_FOR = '365d';

/**
 * Serves the dashboard from the API's own origin: hashed files, compressed by the build, are kept for ever; the page
 * itself is asked for anew each time, so that an upgrade shows at once.
 *
 * @returns whether there is one
 */
export function serveDashboard(
  fastify: FastifyInstance,
  routes: RouteIndex,
  folder: string = BUILT_DASHBOARD,
): boolean {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return false;
  const page = readFileSync(index);
  void fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: KEPT_FOR,
    preCompressed: true,
    decorateReply: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!asksForPage(request, routes)) return done();
    reply.header('Cache-Control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
  return true;
}

/** A browser that goes to an address which is none of the API's: the page knows what to show there. */
function asksForPage({ method, url, headers }: FastifyRequest, routes: RouteIndex): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept?.includes('text/html') ?? false) && !routes.owns(url);
}
