import {
  judgeAttempt,
  type AttemptError,
  type AttemptRecord,
  type SendResult,
  type Verdict,
} from '@schoolbell/delivery';
import type { MadeAttempt } from './made-attempt.js';
import type { PreparedAttempt } from '../preparing/prepare-attempt.js';
import type { Reading } from './read-answer.js';

/** How much of a receiver's answer an attempt's error quotes. */
const MOST_QUOTED_CHARACTERS = 300;

/** What is known when an attempt is over. */
interface AttemptEnd {
  attemptId: string;
  /** Unix milliseconds. */
  now: number;
  /** 0 ≤ random < 1, for the jitter of the next delay. */
  random: number;
}

/** Puts together an attempt, its outcome, and what that means for the delivery. */
export function judgedAttempt(
  { prepared, result, reading }: MadeAttempt,
  end: AttemptEnd,
): AttemptRecord {
  const verdict =
    verdictOfReading(reading, result, prepared.claimed.test) ?? judge(prepared, result, end);
  return {
    claimed: prepared.claimed,
    attemptId: end.attemptId,
    verdict,
    at: new Date(prepared.startedAt),
    url: prepared.url,
    format: prepared.format,
    requestHeaders: prepared.requestHeaders,
    renderedWith: prepared.renderedWith,
    response: result.response ?? null,
    error: verdict.kind === 'delivered' ? null : verdict.error,
    timings: result.timings,
  };
}

/** @returns undefined for an answer that has no special meaning in the format */
function verdictOfReading(
  reading: Reading,
  result: SendResult,
  test: boolean,
): Verdict | undefined {
  switch (reading) {
    case 'as_any':
      return undefined;
    case 'delivered':
      return { kind: 'delivered' };
    case 'dead':
      return { kind: 'dead', webhookGone: false, error: refusal(result) };
    case 'split':
      return test ? undefined : { kind: 'split', error: refusal(result) };
  }
}

/** The people who report the events have to read what the receiver says about it. */
function refusal(result: SendResult): AttemptError {
  const { status = 0, body = '' } = result.response ?? {};
  const text = body.trim().slice(0, MOST_QUOTED_CHARACTERS);
  return {
    code: 'http_status',
    message: `The receiver answered ${status} and will never accept this event${text ? `: ${text}` : '.'}`,
  };
}

function judge(
  prepared: PreparedAttempt,
  result: SendResult,
  { now, random }: AttemptEnd,
): Verdict {
  // The next attempt would render the same: somebody has to look at it.
  const { claimed, retrySchedule } = prepared;
  if (prepared.outgoing.kind === 'unsendable') {
    const { error } = prepared.outgoing;
    // One event spoils the batch, which is halved until that event is alone and no other fails with it.
    const isSpoilt = error.code === 'damaged_event' && (claimed.members?.length ?? 1) > 1;
    return isSpoilt ? { kind: 'split', error } : { kind: 'dead', webhookGone: false, error };
  }
  const { cycleFailures, attemptNumber, test } = claimed;
  const position = { failuresBefore: cycleFailures, retrySchedule, attemptNumber, test };
  return judgeAttempt(result, position, now, random);
}
