import type { Principal } from '../auth/principal.js';
import { ApiError } from '../http/api-error.js';

/** Streams at once, for each API process. */
const WATCH_LIMITS = { ofOne: 20, ofTenant: 100, ofAll: 1_000 };

/** Counts open streams, so that nobody can take all of them. */
export class WatchSeats {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(private readonly limits = WATCH_LIMITS) {}

  /**
   * Takes a seat for a stream.
   *
   * @returns a function that gives it back
   * @throws ApiError `too_many_streams` for a user, key or tenant with too many; `service_unavailable` when all are taken
   */
  take({ kind, id }: Pick<Principal, 'kind' | 'id'>, tenantId: string): () => void {
    const keys = [`${kind} ${id}`, `tenant ${tenantId}`] as const;
    const [ofOne, ofTenant] = keys.map((key) => this.taken.get(key) ?? 0);
    if (ofOne! >= this.limits.ofOne || ofTenant! >= this.limits.ofTenant) {
      throw new ApiError('too_many_streams', undefined, { headers: { 'Retry-After': '10' } });
    }
    if (this.all >= this.limits.ofAll) {
      throw new ApiError('service_unavailable', 'Too many streams are open at the moment.', {
        headers: { 'Retry-After': '10' },
      });
    }
    this.move(keys, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.move(keys, -1);
      isTaken = false;
    };
  }

  private move(keys: readonly string[], by: 1 | -1): void {
    this.all += by;
    for (const key of keys) {
      const count = (this.taken.get(key) ?? 0) + by;
      if (count > 0) this.taken.set(key, count);
      else this.taken.delete(key);
    }
  }
}
