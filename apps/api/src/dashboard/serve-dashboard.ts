import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteIndex } from '../http/route-index.js';
import { readPage } from './read-page.js';

/** Where the build puts the dashboard, beside the services; when run from sources, there is none. */
const BUILT = join('dashboard', 'assets');

const KEPT_FOR = '365d';
/** What the build says about itself: under a name that stays, and nobody's business. */
const MANIFEST = '/manifest.json';

/** @returns the folder of the built dashboard, of the build that this file is part of */
function findDashboard(from: string = import.meta.dirname): string | undefined {
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
  void fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: KEPT_FOR,
    preCompressed: true,
    allowedPath: (path) => path !== MANIFEST,
    decorateReply: false,
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (!asksForPage(request, routes)) return;
    const page = await readPage(folder);
    if (page === undefined) return;
    // A client that wants no page gets something else at the same address.
    reply.headers({ 'Cache-Control': 'no-cache', ETag: page.etag, Vary: 'Accept' });
    if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').send(page.content);
  });
}

/** A browser at an address that does not belong to the API: the page knows what to show there. */
function asksForPage({ method, url, headers }: FastifyRequest, routes: RouteIndex): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept?.includes('text/html') ?? false) && !routes.owns(url);
}
