import type { DeliveryChanges } from '@schoolbell/delivery';
import type { Pool } from 'pg';
import { CHANNEL, changesToPayloads } from './changed-tenants.js';

/** At most four times a second. */
const TELL_EVERY_MS = 250;

/**
 * Remembers which tenants changed and tells the processes where somebody may watch them, all together, in a
 * statement of its own: `pg_notify` within a transaction that records would have all of these wait for one lock.
 */
export class ChangeTeller implements DeliveryChanges {
  private readonly moved = new Set<string>();
  private readonly touchedTenants = new Set<string>();
  private since: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = -Infinity;

  /** @param pool any that has a connection to spare now and then */
  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly onFailed: (error: unknown) => void = () => undefined,
  ) {}

  attempted(tenantId: string, since: number): void {
    if (this.since === undefined || since < this.since) this.since = since;
    this.moved.add(tenantId);
    this.schedule();
  }

  created(tenantId: string): void {
    this.moved.add(tenantId);
    this.schedule();
  }

  touched(tenantId: string): void {
    this.touchedTenants.add(tenantId);
    this.schedule();
  }

  /** Tells what is left to tell. Call it before the pool is closed. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.tell();
  }

  private schedule(): void {
    if (this.timer) return;
    const waitMs = Math.max(0, this.toldAt + TELL_EVERY_MS - performance.now());
    this.timer = setTimeout(() => void this.tell(), waitMs);
    this.timer.unref();
  }

  /** Whoever watches finds what could not be told a few seconds later. */
  private async tell(): Promise<void> {
    this.timer = undefined;
    this.toldAt = performance.now();
    const payloads = this.take();
    if (payloads.length === 0) return;
    try {
      await this.pool.query({
        name: 'tell_changes',
        text: 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS p (payload)',
        values: [CHANNEL, payloads],
      });
    } catch (error) {
      this.onFailed(error);
    }
  }

  private take(): string[] {
    // Whoever looks at all that was touched sees what moved too.
    const moved = [...this.moved].filter((id) => !this.touchedTenants.has(id));
    const payloads = changesToPayloads({
      moved,
      touched: [...this.touchedTenants],
      since: this.since,
    });
    this.moved.clear();
    this.touchedTenants.clear();
    this.since = undefined;
    return payloads;
  }
}
