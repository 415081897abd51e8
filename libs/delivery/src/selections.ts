import type { DeliveryStatus } from './delivery-status.js';
import { ALL_EVENTS } from './webhook-settings.js';

export interface TimeRange {
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

/** Which deliveries of a tenant; a delivery must meet all conditions. `from` and `to` are of `createdAt`. */
export interface DeliveryFilter extends TimeRange {
  webhookId?: string | undefined;
  eventId?: string | undefined;
  deliveryId?: string | undefined;
  /** Any of these. */
  deliveryIds?: readonly string[] | undefined;
  status?: DeliveryStatus | undefined;
  eventType?: string | undefined;
  /** Of the last attempt. */
  responseStatus?: number | undefined;
  /** Of the last attempt. */
  errorCode?: string | undefined;
  /** A session, package or learner id of the event, in full. */
  subjectId?: string | undefined;
  /** Only what is in the dead-letter queue; a failed test is dead but not in the queue. */
  deadLetters?: boolean | undefined;
}

/** What dead letters are grouped by: their webhook, and how their last attempt failed. */
export const DEAD_LETTER_GROUPINGS = ['webhook', 'error'] as const;
export type DeadLetterGrouping = (typeof DEAD_LETTER_GROUPINGS)[number];

/** Which dead letters; a dead letter must meet all conditions. */
export interface DeadLetterSelection extends TimeRange {
  webhookId?: string | undefined;
  eventType?: string | undefined;
  /** Of the last attempt. */
  responseStatus?: number | undefined;
  /** Of the last attempt. */
  errorCode?: string | undefined;
  /** Each id counts, even if it is not a dead letter of the tenant. */
  deliveryIds?: readonly string[] | undefined;
}

/** Which events go to which webhook again, by the settings that it had when the replay was requested. */
export interface ReplaySelection extends Required<TimeRange> {
  from: Date;
  to: Date;
  webhookId: string;
  /** Undefined: all. */
  eventTypes?: readonly string[] | undefined;
  /** What the webhook itself lists, {@link ALL_EVENTS} perhaps. Undefined: `eventTypes`. */
  listedTypes?: readonly string[] | undefined;
  packageIds: readonly string[];
  dispatchIds: readonly string[];
  /** Skips events that this webhook got. */
  onlyMissing: boolean;
}

/**
 * The event types that a replay sends: those asked for, of those that the webhook listens to.
 *
 * @param asked `undefined` for all that it listens to
 * @returns `undefined` for all there are
 */
export function replayedTypes(
  listedTypes: readonly string[],
  asked: readonly string[] | undefined,
): readonly string[] | undefined {
  if (listedTypes.includes(ALL_EVENTS)) return asked;
  return asked ? asked.filter((type) => listedTypes.includes(type)) : listedTypes;
}
