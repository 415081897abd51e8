import type { IntakeBounds } from '@schoolbell/delivery';

export interface LaneLimits {
  /** Items of one flush, events or commits, which are stored together. */
  flushItems: number;
  /** Bytes of one flush, unless a single item has more. */
  flushBytes: number;
  /** What one flush may make; the rest goes into the next one. */
  bounds: IntakeBounds & { ofAll: number };
  /** Items that wait for a flush; the next one is refused. */
  waitingItems: number;
  /** Those of one tenant among them. */
  waitingItemsOfTenant: number;
  /** Deliveries that one tenant's waiting items will make; the tenant's next item is refused. */
  waitingDeliveriesOfTenant: number;
  /** Bytes of all waiting items, likewise. Each is held about three times: as text, parsed, and to be stored. */
  waitingBytes: number;
  /** How long a flush waits for company after one that had company. Milliseconds. */
  lingerMs: number;
  /**
   * Time from the start of a small flush to the start of the next, so that items between them share it. Milliseconds.
   */
  spacingMs: number;
}

export interface IntakeLimits {
  light: LaneLimits;
  heavy: LaneLimits;
}

/** An event that goes to more webhooks than this is heavy. Tenants have at most 100 unless they were given more. */
const MOST_OF_LIGHT_EVENT = 200;

/**
 * Postgres takes about 30 µs per delivery, so a light flush takes 60 ms at most, and a tenant's waiting deliveries
 * some 12 s. `waitingItems` of the light lane is about a second of full load.
 */
export const EVENT_LIMITS: IntakeLimits = {
  light: {
    flushItems: 500,
    flushBytes: 8 * 1024 * 1024,
    bounds: { ofOneEvent: MOST_OF_LIGHT_EVENT, ofAll: 2_000 },
    waitingItems: 10_000,
    waitingItemsOfTenant: 9_000,
    waitingDeliveriesOfTenant: 400_000,
    waitingBytes: 16 * 1024 * 1024,
    lingerMs: 4,
    spacingMs: 16,
  },
  heavy: {
    flushItems: 50,
    flushBytes: 8 * 1024 * 1024,
    bounds: { ofOneEvent: null, ofAll: 5_000 },
    waitingItems: 4_000,
    waitingItemsOfTenant: 1_000,
    waitingDeliveriesOfTenant: 400_000,
    waitingBytes: 8 * 1024 * 1024,
    lingerMs: 0,
    spacingMs: 0,
  },
};

/** What a batch may make in one statement; in the heavy lane, in each of its statements. */
export const BATCH_LIMITS = {
  light: 10_000,
  heavy: { ofPart: EVENT_LIMITS.heavy.bounds.ofAll, most: 250_000 },
};
