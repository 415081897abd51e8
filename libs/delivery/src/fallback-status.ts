/**
 * The state of sending a dead letter to its webhook's `fallbackUrl`. `discarded`: the dead letter was retried or
 * discarded by hand, or the fallback is gone.
 */
export const FALLBACK_STATUSES = ['pending', 'delivered', 'dead', 'discarded'] as const;
export type FallbackStatus = (typeof FALLBACK_STATUSES)[number];
