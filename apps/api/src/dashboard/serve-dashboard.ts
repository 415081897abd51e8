import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteIndex } from '../http/route-index.js';

/** Where the build puts it, beside the services; run from sources, there is none. */
const BUILT = join('dashboard', 'assets');

const KEPT_FOR = '365d';

/** @returns the folder of the built dashboard, of the build that this file is part of */
export function findDashboard(from: string = import.meta.dirname): string | undefined {
  if (existsSync(join(from, BUILT))) return join(from, 'dashboard');
  return dirname(from) === from ? undefined : findDashboard(dirname(from));
}

/**
 * Serves the dashboard from the API's own origin: hashed files, compressed by the build, are kept for ever; the page
 * itself is asked for anew each time, so that an upgrade shows at once.
 */
export function serveDashboard(
  fastify: FastifyInstance,
  routes: RouteIndex,
  folder = findDashboard(),
): void {
  if (folder === undefined) return;
  const page = readFileSync(join(folder, 'index.html'));
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
}

/** A browser that goes to an address which is none of the API's: the page knows what to show there. */
function asksForPage({ method, url, headers }: FastifyRequest, routes: RouteIndex): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept?.includes('text/html') ?? false) && !routes.owns(url);
}
