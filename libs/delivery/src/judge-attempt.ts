import type { AttemptError, SendResult } from './attempt.js';
import { parseRetryAfter } from './retry-after.js';
import { nextRetryDelay } from './retry-schedule.js';

/** What one attempt means for its delivery and its webhook. */
export type Verdict =
  | { kind: 'delivered' }
  | { kind: 'rescheduled'; delaySeconds: number; error: AttemptError }
  | { kind: 'dead'; webhookGone: boolean; error: AttemptError }
  /**
   * For a batch only: one of its deliveries spoils it. Two batches, each of one half, take its place, due at once.
   * The attempt counts neither for the retry schedule nor for the automatic pause.
   */
  | { kind: 'split'; error: AttemptError };

export interface CyclePosition {
  /** Failed attempts of this cycle before this one. */
  failuresBefore: number;
  retrySchedule: readonly number[];
  /** Of the delivery, from 1. */
  attemptNumber: number;
  /** A test is sent once: it is delivered, or dead with its error. */
  test: boolean;
}

const GONE = 410;
/** Before an attempt that need not wait for the schedule. */
export const RETRY_SOON_SECONDS = 1;
/** The longest wait after an attempt outside the schedule, so that a repaired network or proxy is noticed by then. */
const MOST_OUTSIDE_SCHEDULE_SECONDS = 300;
const HONOURS_RETRY_AFTER = new Set([429, 503]);

/**
 * Decides what happens to a delivery after an attempt.
 *
 * 2xx is success whatever the body does afterwards; 410 ends the delivery and pauses the webhook; everything else is
 * a failure that follows the retry schedule, but not before a `Retry-After` of 429 or 503.
 *
 * @param now Unix milliseconds, for `Retry-After` dates of receivers that do not say what time it is
 * @param random 0 ≤ random < 1, for the stretch of the delay
 */
export function judgeAttempt(
  result: SendResult,
  position: CyclePosition,
  now: number,
  random: number,
): Verdict {
  const status = result.response?.status;
  if (status !== undefined && status >= 200 && status < 300) return { kind: 'delivered' };

  const error = result.kind === 'failed' ? result.error : errorOfStatus(result.response.status);
  if (status === GONE) return { kind: 'dead', webhookGone: !position.test, error };

  if (error.outsideSchedule && !position.test) {
    const delaySeconds = delayOutsideSchedule(position.attemptNumber) * (1 + random / 10);
    return { kind: 'rescheduled', delaySeconds, error };
  }
  const delay = position.test
    ? undefined
    : nextRetryDelay(position.retrySchedule, position.failuresBefore + 1, random);
  if (delay === undefined) return { kind: 'dead', webhookGone: false, error };

  const scheduled = error.retrySoon ? Math.min(delay, RETRY_SOON_SECONDS) : delay;
  return { kind: 'rescheduled', delaySeconds: Math.max(scheduled, askedDelay(result, now)), error };
}

/**
 * 2 s, 4 s, 8 s and so on: a failure on our side ends for all deliveries at once, and retrying them must not become
 * the dispatcher's only work.
 */
function delayOutsideSchedule(attemptNumber: number): number {
  return Math.min(2 ** attemptNumber, MOST_OUTSIDE_SCHEDULE_SECONDS);
}

function askedDelay(result: SendResult, now: number): number {
  const response = result.response;
  if (!response || !HONOURS_RETRY_AFTER.has(response.status)) return 0;
  // A time that the receiver names is by its own clock, which may differ from ours.
  const itsNow = Date.parse(response.headers.date ?? '');
  const from = Number.isNaN(itsNow) ? now : itsNow;
  return parseRetryAfter(response.headers['retry-after'], from) ?? 0;
}

function errorOfStatus(status: number): AttemptError {
  if (status >= 300 && status < 400) {
    return {
      code: 'redirect',
      message: `The receiver answered ${status}. Redirects are never followed: register the final URL.`,
    };
  }
  if (status === GONE) {
    return {
      code: 'http_status',
      message: 'The receiver answered 410 Gone: it no longer wants this webhook.',
    };
  }
  return {
    code: 'http_status',
    message: `The receiver answered ${status}; only 2xx counts as delivered.`,
  };
}
