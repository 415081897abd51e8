import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';
import { visible } from '../../../ui/visible.ts';
import { theirRequestId } from '../panel/their-request-id.ts';
import { hostOf } from '../../../ui/webhook-name.ts';
import { ownAttempts } from '../verdict/own-attempts.ts';
import type { Verdict } from '../verdict/verdict-input.ts';
import { outcomeWords } from '../words/outcome-words.ts';

/** Nobody reads a mail that lists more. */
const MOST_ATTEMPTS = 10;

interface SummaryInput {
  delivery: DeliveryHistoryDocument;
  verdict: Verdict;
  /** The tenant's time zone, as an IANA name. */
  timeZone: string;
}

/**
 * What happened, as plain text for the people who run the receiver: their host, times in their zone, and their own
 * request ids to search for. It leaves out the body, secrets, the URL's path (which can be a secret), and our own
 * terms.
 */
export function customerSummary({ delivery, verdict, timeZone }: SummaryInput): string {
  const time = timeFormat(timeZone);
  const attempts = ownAttempts(delivery);
  const blocks = [
    headLines(delivery, attempts.at(-1), time),
    [`What happened: ${toThem(verdict.cause)}`, ...meaningLines(verdict)],
    verdict.step === undefined ? [] : [stepLine(verdict)],
    nextLines(delivery, time),
    attemptLines(attempts, time, timeZone),
    [`Event: ${delivery.eventId}`, `Delivery: ${delivery.id}`],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(
  { eventType, createdAt, test }: DeliveryHistoryDocument,
  last: AttemptDocument | undefined,
  time: (at: string) => string,
): string[] {
  const to = last ? ` to ${hostOf(last.url)}` : '';
  return [
    `${test ? 'Test of a webhook' : 'Webhook'}: ${eventType}${to}`,
    `Created: ${time(createdAt)}`,
  ];
}

function meaningLines({ meaning }: Verdict): string[] {
  return meaning ? [toThem(meaning)] : [];
}

function stepLine({ turn, step }: Verdict): string {
  const begin = turn === 'customer' ? 'Please' : 'On our side:';
  return `${begin} ${toThem(step!)}.`;
}

function nextLines(
  { status, test, erased, nextAttemptAt }: DeliveryHistoryDocument,
  time: (at: string) => string,
): string[] {
  if (nextAttemptAt !== null) return [`Next attempt: ${time(nextAttemptAt)}`];
  return status === 'dead' && !test && !erased ? ['Next attempt: none by itself'] : [];
}

function attemptLines(
  attempts: readonly AttemptDocument[],
  time: (at: string) => string,
  timeZone: string,
): string[] {
  if (attempts.length === 0) return [];
  const left = attempts.length - MOST_ATTEMPTS;
  const lines = attempts.slice(-MOST_ATTEMPTS).map((attempt) => {
    const id = theirRequestId(attempt.response?.headers ?? {});
    const yours = id ? `, ${id.name}: ${visible(id.value)}` : '';
    const took = attempt.timings.totalMs === null ? '' : ` after ${attempt.timings.totalMs} ms`;
    return `${attempt.number}. ${time(attempt.at)}: ${outcomeWords(attempt)}${took}${yours}`;
  });
  const head = `Attempts (times in ${timeZone}):`;
  return [head, ...(left > 0 ? [`(${left} earlier ones are left out)`] : []), ...lines];
}

/** Turns what the page says about the customer's people into words to them. */
function toThem(text: string): string {
  return text
    .replaceAll(/\bTheir\b/g, 'Your')
    .replaceAll(/\btheirs\b/g, 'yours')
    .replaceAll(/\btheir\b/g, 'your')
    .replaceAll(/\bonly they know\b/g, 'only you know')
    .replaceAll(/\bwhether they received\b/g, 'whether you received')
    .replaceAll(/\bby which they can know\b/g, 'by which you can know')
    .replaceAll(/\bthat they already have\b/g, 'that you already have');
}

function timeFormat(timeZone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  return (at) => format.format(new Date(at));
}
