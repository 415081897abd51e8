import { ALL_EVENTS } from './webhook-settings.js';

export interface TimeRange {
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

/** What dead letters are grouped by: their webhook, and how their last attempt failed. */
export const DEAD_LETTER_GROUPINGS = ['webhook', 'error'] as const;
export type DeadLetterGrouping = (typeof DEAD_LETTER_GROUPINGS)[number];

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
