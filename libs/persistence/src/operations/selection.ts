import type { TimeRange } from '../database/id-range.js';

/** Which dead letters; all conditions hold together. */
export interface DeadLetterSelection extends TimeRange {
  webhookId?: string | undefined;
  eventType?: string | undefined;
  errorCode?: string | undefined;
  /** Each one counts, also one that is no dead letter of the tenant. */
  deliveryIds?: readonly string[] | undefined;
}

/** Which events go to which webhook again, as its settings were when that was asked for. */
export interface ReplaySelection extends Required<TimeRange> {
  from: Date;
  to: Date;
  webhookId: string;
  /** Undefined: all. */
  eventTypes?: readonly string[] | undefined;
  /** What the webhook itself lists, `*` perhaps. Undefined: `eventTypes`. */
  listedTypes?: readonly string[] | undefined;
  packageIds: readonly string[];
  dispatchIds: readonly string[];
  /** Skips events that this webhook got. */
  onlyMissing: boolean;
}

/** As stored: JSON knows no dates. */
export type StoredSelection<T extends TimeRange> = Omit<T, 'from' | 'to'> & {
  from?: string;
  to?: string;
};

export function readSelection<T extends TimeRange>(stored: StoredSelection<T>): T {
  const { from, to } = stored;
  return {
    ...stored,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  } as unknown as T;
}
