import fc from 'fast-check';
import type { OpenApiOperation } from '../openapi.js';

/** Collections whose members appear in other paths. */
const ELSEWHERE: Record<string, string> = { '/api/customer/webhooks': '/api/v1/webhooks' };

/** Ids from answers, by the path of their collection, such as `/v1/webhooks`. */
export class KnownIds {
  /** Ids of things that the run itself has created, with which it may do anything. */
  private readonly made = new Map<string, string[]>();
  private readonly listed = new Map<string, string[]>();

  add(collection: string, id: string): void {
    this.made.set(collection, [...(this.made.get(collection) ?? []), id]);
  }

  /** Remembers the things that a creation or a list names. */
  learn({ method, path }: OpenApiOperation, body: unknown): void {
    if (path.includes('{') || typeof body !== 'object' || body === null) return;
    const ids = idsOf(body);
    if (ids.length === 0) return;
    if (method === 'POST') for (const id of ids) this.add(path, id);
    else if (method === 'GET') this.listed.set(path, ids);
  }

  /** Whether there is a thing for the id in a path. */
  knows(path: string): boolean {
    return this.known(path).length > 0;
  }

  /** The newest of the run's own things, to be changed; else some that exist. */
  of(path: string): fc.Arbitrary<string> {
    const known = this.known(path);
    return known.length > 0 ? fc.constantFrom(...known.slice(-5)) : fc.constant('none');
  }

  known(path: string): string[] {
    const collection = path.slice(0, path.indexOf('/{'));
    const own = ELSEWHERE[collection] ?? collection;
    return this.made.get(own) ?? this.listed.get(own) ?? [];
  }
}

/** `id` of the body or of its rows; for event types the `name`. */
function idsOf(body: object): string[] {
  const rows = Object.values(body).find((value) => Array.isArray(value));
  const isOne = 'id' in body || 'name' in body || !rows;
  const things: unknown[] = isOne ? [body] : (rows as unknown[]);
  return things.flatMap((thing) => {
    const { id, name, version } = Object(thing) as Record<string, unknown>;
    const key = id ?? (version === undefined ? undefined : name);
    return typeof key === 'string' ? [key] : [];
  });
}
