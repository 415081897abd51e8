/** What happens to a learner's waiting deliveries: they are sent before their events are erased, or never. */
export const WAITING_CHOICES = ['send', 'discard'] as const;
export type WaitingChoice = (typeof WAITING_CHOICES)[number];

/**
 * How long an erasure lets waiting deliveries be sent; what still waits then is discarded. Longer than the default
 * retry schedule of 7 h 13 min, and short beside the month that the law leaves.
 */
export const ERASURE_PATIENCE_HOURS = 24;

/** The payload that is left of an erased event. No request can be made from it. */
export const ERASED_PAYLOAD = '';
