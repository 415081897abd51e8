import type { IncomingEvent } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';

/** Assumed for events of a kind that was not seen lately, so that few of them go into a flush. */
export const UNKNOWN_WIDTH = 40;

const MOST_TENANTS = 10_000;

type Kind = Pick<IncomingEvent, 'tenantId' | 'type'>;
type WidthsByType = Map<string, number>;

/**
 * Remembers how many webhooks events of a tenant and type went to lately, so that a flush can be kept within its limits
 * before Postgres is asked.
 */
export class FanOutWidths {
  private readonly byTenant = new LRUCache<string, WidthsByType>({ max: MOST_TENANTS });

  /** How many deliveries an event will probably make. */
  expected(event: Kind): number {
    return this.known(event) ?? UNKNOWN_WIDTH;
  }

  /** The same, or `undefined` when no such event is known. */
  known({ tenantId, type }: Kind): number | undefined {
    return this.byTenant.get(tenantId)?.get(type);
  }

  /**
   * Notes how many deliveries an event made, or that it makes at least this many. A larger number counts at once, a
   * smaller one by half: because of scopes, events of one type go to many webhooks and to few, by turns.
   */
  note({ tenantId, type }: Kind, deliveries: number): void {
    const widths = this.byTenant.get(tenantId) ?? this.remember(tenantId);
    const before = widths.get(type);
    const width = Math.max(deliveries, (before ?? 0) >> 1);
    if (width !== before) widths.set(type, width);
  }

  private remember(tenantId: string): WidthsByType {
    const widths: WidthsByType = new Map();
    this.byTenant.set(tenantId, widths);
    return widths;
  }
}
