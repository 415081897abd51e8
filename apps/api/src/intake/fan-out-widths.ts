import type { IncomingEvent } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';

/** What is expected of an event whose like was not seen lately: so few of them go into a flush. */
export const UNKNOWN_WIDTH = 40;

const MOST_TENANTS = 10_000;

type Kind = Pick<IncomingEvent, 'tenantId' | 'type'>;
type WidthsByType = Map<string, number>;

/**
 * To how many webhooks events of a tenant and type went lately, so that a flush can be cut to what it may make
 * before Postgres is asked.
 */
export class FanOutWidths {
  private readonly byTenant = new LRUCache<string, WidthsByType>({ max: MOST_TENANTS });

  /** How many deliveries an event will probably make. */
  expected(event: Kind): number {
    return this.known(event) ?? UNKNOWN_WIDTH;
  }

  /** The same, or `undefined` when nothing is known about events like it. */
  known({ tenantId, type }: Kind): number | undefined {
    return this.byTenant.get(tenantId)?.get(type);
  }

  /**
   * Notes how many deliveries an event made, or that it makes at least so many. More is believed at once, less
   * by half each time: scopes make events of one type go to many webhooks and to few, in turns.
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
