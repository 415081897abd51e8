import type { WebhookStatus } from './webhook.js';

/** How a webhook is doing, in a word. */
export const WEBHOOK_HEALTHS = ['ok', 'failing', 'paused', 'idle'] as const;
export type WebhookHealth = (typeof WEBHOOK_HEALTHS)[number];

/** This many of a webhook's newest deliveries are looked at. */
export const RECENT_DELIVERIES = 20;

/** An attempt that is older than this does not count. */
export const RECENT_HOURS = 24;

/** A busy receiver may fail now and then. */
const TOLERATED_SHARE = 0.1;
const ALARMING_SHARE = 0.5;
/** Half of fewer deliveries can be one that failed yesterday. */
const ENOUGH = 4;

/** The state of a webhook's newest deliveries, tests left out. */
export interface RecentDeliveries {
  /** Those whose last attempt was made in the last 24 hours. */
  attempted: number;
  /** Of these, those whose last attempt failed. */
  failed: number;
  /** Those that wait, whether they were attempted or not. */
  waiting: number;
}

/**
 * - `paused`: nothing is sent.
 * - `idle`: none of the newest deliveries waits, and none was attempted in the last 24 hours.
 * - `failing`: the last attempt failed, as did that of more than a tenth of the newest deliveries; or at least half
 *   of at least four deliveries failed.
 * - `ok`: all else.
 */
export function healthOf(
  { status, consecutiveFailures }: { status: WebhookStatus; consecutiveFailures: number },
  { attempted, failed, waiting }: RecentDeliveries,
): WebhookHealth {
  if (status === 'paused') return 'paused';
  if (attempted === 0 && waiting === 0) return 'idle';
  const share = attempted === 0 ? 1 : failed / attempted;
  if (consecutiveFailures > 0 && share > TOLERATED_SHARE) return 'failing';
  return attempted >= ENOUGH && share >= ALARMING_SHARE ? 'failing' : 'ok';
}
