import { LISTS_AT_ONCE } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import { FairLane, type FairLaneLimits } from './fair-lane.js';

export type ListLimits = FairLaneLimits;

export const LIST_LIMITS: ListLimits = {
  atOnce: LISTS_AT_ONCE,
  ofOneTenant: LISTS_AT_ONCE - 1,
  waitingOfOneTenant: 50,
  waitMs: 5_000,
};

/** Stands in for the platform, which reads the lists of all tenants. */
const PLATFORM = 'platform';

/**
 * Runs slow reads, a few at once: lists, and counts over history. Tenants take turns, and no list keeps the database
 * from authenticating callers or accepting events.
 */
export class ListLane {
  private readonly lane: FairLane;

  constructor(limits: ListLimits = LIST_LIMITS) {
    this.lane = new FairLane(limits, tooManyLists);
  }

  /**
   * Resolves to the result, once it is the tenant's turn.
   *
   * @param tenantId undefined: for the platform
   * @throws ApiError `service_unavailable` when too many wait already, or for too long
   */
  read<T>(tenantId: string | undefined, reading: () => Promise<T>): Promise<T> {
    return this.lane.run(tenantId ?? PLATFORM, reading);
  }
}

function tooManyLists(): ApiError {
  return new ApiError('service_unavailable', 'Too many lists are being read at the moment.', {
    headers: { 'Retry-After': '1' },
  });
}
