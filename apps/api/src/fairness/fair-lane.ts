import type { ApiError } from '../http/api-error.js';
import { RoundRobin } from './round-robin.js';

export interface FairLaneLimits {
  /** Work that runs at once. */
  atOnce: number;
  /** Work of one tenant that runs at once: less than all, so that others never wait for a slow tenant. */
  ofOneTenant: number;
  /** Work of one tenant that waits for its turn; the next is refused. */
  waitingOfOneTenant: number;
  /** Longest wait for a turn. Milliseconds. */
  waitMs: number;
}

/** Does slow work, a few pieces at once; tenants take turns. */
export class FairLane {
  private readonly waiting = new RoundRobin<() => void>();
  private readonly running = new Map<string, number>();
  private count = 0;

  /** @param refusal makes the error to throw when too much waits already, or work waited too long */
  constructor(
    private readonly limits: FairLaneLimits,
    private readonly refusal: () => ApiError,
  ) {}

  /**
   * Resolves to the result of the work, once it is the turn of its owner, a tenant.
   *
   * @throws ApiError `service_unavailable` when too much waits already, or for too long
   */
  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    await this.turnOf(owner);
    try {
      return await work();
    } finally {
      this.leave(owner);
    }
  }

  private async turnOf(owner: string): Promise<void> {
    if (this.waiting.countOf(owner) >= this.limits.waitingOfOneTenant) throw this.refusal();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const begin = (): void => {
      clearTimeout(patience);
      this.enter(owner);
      resolve();
    };
    const patience = setTimeout(() => {
      this.waiting.remove(owner, begin);
      reject(this.refusal());
    }, this.limits.waitMs);
    this.waiting.add(owner, begin);
    this.next();
    return promise;
  }

  private next(): void {
    const { atOnce, ofOneTenant } = this.limits;
    while (this.count < atOnce) {
      const begin = this.waiting.next((owner) => (this.running.get(owner) ?? 0) < ofOneTenant);
      if (!begin) return;
      begin();
    }
  }

  private enter(owner: string): void {
    this.count += 1;
    this.running.set(owner, (this.running.get(owner) ?? 0) + 1);
  }

  private leave(owner: string): void {
    this.count -= 1;
    const left = this.running.get(owner)! - 1;
    if (left > 0) this.running.set(owner, left);
    else this.running.delete(owner);
    this.next();
  }
}
