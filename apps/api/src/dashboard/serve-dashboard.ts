import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteIndex } from '../http/route-index.js';
import { readPage } from './read-page.js';

/** Where the build puts the dashboard, beside the services; there is none when run from sources. */
const BUILT = join('dashboard', 'assets');

const KEPT_FOR = '365d';
/** The build's own list of files: its name never changes, and it is not meant for the public. */
const MANIFEST = '/manifest.json';

/** @returns the folder of the dashboard that was built together with this file */
function findDashboard(from: string = import.meta.dirname): string | undefined {
  if (existsSync(join(from, BUILT))) return join(from, 'dashboard');
  return dirname(from) === from ? undefined : findDashboard(dirname(from));
}

/**
 * Serves the dashboard from the API's own origin. Hashed files, compressed by the build, are cached for ever; the page
 * itself is asked for each time, so that an upgrade shows at once.
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
    // A client that does not accept HTML gets something else at the same address.
    reply.headers({ 'Cache-Control': 'no-cache', ETag: page.etag, Vary: 'Accept' });
    if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').send(page.content);
  });
}

/** A browser at an address outside the API: the page knows what to show there. */
function asksForPage({ method, url, headers }: FastifyRequest, routes: RouteIndex): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept?.includes('text/html') ?? false) && !routes.owns(url);
}
