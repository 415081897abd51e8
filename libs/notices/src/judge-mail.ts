import type { MailResult, MailVerdict } from './mail.js';
import { nextRetryDelay } from '@schoolbell/delivery';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The waits between the attempts of a mail: ten attempts in about a day and a half. Seconds. */
export const MAIL_RETRY_SCHEDULE: readonly number[] = [
  5,
  30,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  12 * HOUR,
];

/**
 * Decides what happens to a mail after an attempt.
 *
 * @param attempt its number, 1 or more
 * @param random 0 ≤ random < 1
 */
export function judgeMail(result: MailResult, attempt: number, random: number): MailVerdict {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent' };
    case 'refused':
      return { kind: 'failed', error: result.error };
    case 'failed': {
      const delaySeconds = nextRetryDelay(MAIL_RETRY_SCHEDULE, attempt, random);
      const { error } = result;
      if (delaySeconds === undefined) return { kind: 'failed', error };
      return { kind: 'rescheduled', delaySeconds, error };
    }
  }
}
