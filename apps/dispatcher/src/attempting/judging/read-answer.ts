import type { OutgoingRequest, Sender, SendResult } from '@schoolbell/delivery';
import {
  formatNamed,
  type AnswerReading,
  type AnswerRules,
  type Comparison,
  type Question,
} from '@schoolbell/formats';
import { leftMs } from '../left-ms.js';
import type { PreparedAttempt } from '../preparing/prepare-attempt.js';
import { sendSafely } from '../sending/send-safely.js';

/** The meaning of an answer; if the answer left it open, the receiver was asked. */
export type Reading = Exclude<AnswerReading, 'compare'>;

const WORST_FIRST = ['dead', 'failed', 'delivered'] as const satisfies readonly Comparison[];

/**
 * Reads an answer by the rules of the attempt's format; most formats have none and judge by the status alone.
 *
 * @param until deadline for questions to the receiver, by `performance.now()`; none are asked after it
 */
export function readAnswer(
  { format, claimed, outgoing }: PreparedAttempt,
  result: SendResult,
  sender: Sender,
  until: number,
): Reading | Promise<Reading> {
  const rules = formatNamed(format)?.answers;
  if (!rules || result.kind === 'failed' || outgoing.kind !== 'request') return 'as_any';
  const reading = rules.read(result.response.status, claimed.members?.length ?? 1);
  if (reading !== 'compare') return reading;
  const timeoutMs = leftMs(until);
  return timeoutMs > 0 ? compare(rules, { ...outgoing.request, timeoutMs }, sender) : 'as_any';
}

async function compare(
  rules: AnswerRules,
  request: OutgoingRequest,
  sender: Sender,
): Promise<Reading> {
  const questions = rules.questions({ url: request.url, body: request.body.toString('utf8') });
  const found = await Promise.all(questions.map((question) => ask(question, request, sender)));
  const worst = WORST_FIRST.find((comparison) => found.includes(comparison));
  return worst === undefined || worst === 'failed' ? 'as_any' : worst;
}

async function ask(
  { url, read }: Question,
  { headers, timeoutMs, identity }: OutgoingRequest,
  sender: Sender,
): Promise<Comparison> {
  const result = await sendSafely(sender, {
    method: 'GET',
    url,
    headers: headers.filter(([name]) => name !== 'Content-Type'),
    body: Buffer.alloc(0),
    timeoutMs,
    identity,
  });
  // An answer that was cut off cannot be compared.
  if (result.kind === 'failed' || result.response.truncated) return 'failed';
  return read(result.response);
}
