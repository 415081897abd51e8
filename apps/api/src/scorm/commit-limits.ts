import { EVENT_LIMITS, type IntakeLimits } from '../intake/intake-limits.js';

/** One commit, from a page or from a server: the largest that were seen have 113 KB. */
export const COMMIT_BODY_LIMIT = 1024 * 1024;

/**
 * What waits is what was read of a commit, a thousandth of it at times. A flush writes the state of each attempt
 * beside the events, so it has fewer commits than one of events.
 */
export const COMMIT_LIMITS: IntakeLimits = {
  light: { ...EVENT_LIMITS.light, flushItems: 300 },
  heavy: { ...EVENT_LIMITS.heavy, flushItems: 50 },
};
