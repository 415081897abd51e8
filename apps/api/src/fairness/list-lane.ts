import { LISTS_AT_ONCE } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import { RoundRobin } from './round-robin.js';

export interface ListLimits {
  /** Lists that are read at once. */
  atOnce: number;
  /** Those of one tenant among them: fewer than all, so that others never wait for a slow one. */
  ofOneTenant: number;
  /** Lists of one tenant that wait for their turn; beyond it the next one is refused. */
  waitingOfOneTenant: number;
  /** Longest wait for a turn. Milliseconds. */
  waitMs: number;
}

export const LIST_LIMITS: ListLimits = {
  atOnce: LISTS_AT_ONCE,
  ofOneTenant: LISTS_AT_ONCE - 1,
  waitingOfOneTenant: 50,
  waitMs: 5_000,
};

/** Stands for the platform, which reads the lists of all tenants. */
const PLATFORM = 'platform';

/**
 * Reads what may take long, a few at once: lists, and what is counted from history. Tenants take turns, and no
 * list keeps the database from telling who calls or from accepting events.
 */
export class ListLane {
  readonly #waiting = new RoundRobin<() => void>();
  readonly #running = new Map<string, number>();
  #count = 0;

  constructor(private readonly limits: ListLimits = LIST_LIMITS) {}

  /**
   * Resolves to what is read, when it is the tenant's turn.
   *
   * @param tenantId undefined: for the platform
   * @throws ApiError `service_unavailable` when too many wait already, or for too long
   */
  async read<T>(tenantId: string | undefined, reading: () => Promise<T>): Promise<T> {
    const owner = tenantId ?? PLATFORM;
    await this.#turnOf(owner);
    try {
      return await reading();
    } finally {
      this.#leave(owner);
    }
  }

  async #turnOf(owner: string): Promise<void> {
    if (this.#waiting.countOf(owner) >= this.limits.waitingOfOneTenant) throw tooManyLists();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const begin = (): void => {
      clearTimeout(patience);
      this.#enter(owner);
      resolve();
    };
    const patience = setTimeout(() => {
      this.#waiting.remove(owner, begin);
      reject(tooManyLists());
    }, this.limits.waitMs);
    this.#waiting.add(owner, begin);
    this.#next();
    return promise;
  }

  #next(): void {
    const { atOnce, ofOneTenant } = this.limits;
    while (this.#count < atOnce) {
      const begin = this.#waiting.next((owner) => (this.#running.get(owner) ?? 0) < ofOneTenant);
      if (!begin) return;
      begin();
    }
  }

  #enter(owner: string): void {
    this.#count += 1;
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1);
  }

  #leave(owner: string): void {
    this.#count -= 1;
    const left = this.#running.get(owner)! - 1;
    if (left > 0) this.#running.set(owner, left);
    else this.#running.delete(owner);
    this.#next();
  }
}

function tooManyLists(): ApiError {
  return new ApiError('service_unavailable', 'Too many lists are being read at the moment.', {
    headers: { 'Retry-After': '1' },
  });
}
