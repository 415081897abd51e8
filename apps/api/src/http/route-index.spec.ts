import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { RouteIndex } from './route-index.js';

describe('the methods of a path', () => {
  const server = fastify();
  const routes = new RouteIndex();
  routes.watch(server);
  const done = async () => 'done';
  server.get('/v1/things', done);
  server.post('/v1/things', done);
  server.delete('/v1/things/:id', done);
  server.get('/docs/*', done);

  it.each([
    ['/v1/things', ['GET', 'HEAD', 'POST']],
    ['/v1/things?limit=1', ['GET', 'HEAD', 'POST']],
    ['/v1/things/x', ['DELETE']],
    ['/v1/things/x/y', []],
    ['/v1-things', []],
    ['/docs/a/b.js', ['GET', 'HEAD']],
  ])('%s are %j', (path, methods) => {
    expect(routes.methodsOf(path)).toEqual(methods);
  });

  it.each([
    ['/v1/nothing', true],
    ['/v1?limit=1', true],
    ['/docs', true],
    ['/', false],
    ['/v1-things', false],
    ['/deliveries/v1', false],
  ])('owns %s: %s', (path, owned) => {
    expect(routes.owns(path)).toBe(owned);
  });
});
