import type { FastifyInstance } from 'fastify';

/** Knows the methods of every path, to tell a wrong method (405) from an unknown path (404). */
export class RouteIndex {
  readonly #methods = new Map<string, Set<string>>();

  /** Call before any route is added. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.#methods.get(url) ?? new Set();
      for (const one of [method].flat()) known.add(one);
      this.#methods.set(url, known);
    });
  }

  /** @param url with or without its query */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0]!;
    const found = [...this.#methods].filter(([pattern]) => patternOf(pattern).test(path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted();
  }
}

function patternOf(route: string): RegExp {
  const escaped = route.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
