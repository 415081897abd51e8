import type { FastifyInstance } from 'fastify';

/** Knows the methods of every path, to distinguish a wrong method (405) from an unknown path (404). */
export class RouteIndex {
  private readonly methods = new Map<string, Set<string>>();
  private readonly firstSegments = new Set<string>();

  /** Call before any route is added. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.methods.get(url) ?? new Set();
      for (const one of [method].flat()) known.add(one);
      this.methods.set(url, known);
      this.firstSegments.add(firstSegmentOf(url));
    });
  }

  /**
   * Whether the address is below a prefix of the API, such as `/v1`, even if no route has it. The bare `/` is not.
   *
   * @param url with or without its query
   */
  owns(url: string): boolean {
    const segment = firstSegmentOf(url);
    return segment !== '' && this.firstSegments.has(segment);
  }

  /** @param url with or without its query */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0]!;
    const found = [...this.methods].filter(([pattern]) => patternOf(pattern).test(path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].toSorted();
  }
}

function patternOf(route: string): RegExp {
  const escaped = route.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}$`);
}

function firstSegmentOf(url: string): string {
  return /^\/([^/?#]*)/.exec(url)?.[1] ?? '';
}
