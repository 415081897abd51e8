import type { AttemptDocument } from '@schoolbell/api-client';
import { statusAdvice } from './status-advice.ts';
import type { Advice, KnownWebhook } from './verdict-input.ts';

type Failure = Pick<AttemptDocument, 'response' | 'error' | 'outcome'>;
type Rule = readonly [RegExp, string];

const MAYBE_RECEIVED =
  'Nobody can tell whether they received it; a repeat has the same webhook-id, by which they can know it.';

/** How the API's message says that the failure was on our side. */
const OURS = /nothing to do on your side/;

const TLS_STEPS: readonly Rule[] = [
  [/expired/, 'renew the certificate of their server'],
  [/not valid yet/, 'check the clock and the dates of their certificate'],
  [/revoked/, 'replace the revoked certificate of their server'],
  [
    /another host name|does not name the host/,
    'use a certificate that names the host of the webhook’s URL',
  ],
  [
    /self-signed/,
    'use a certificate of a public authority, or give the webhook their CA in its settings',
  ],
  [
    /trusted authority|chain/,
    'serve the whole chain of the certificate, or give the webhook their CA',
  ],
  [/client certificate/, 'check the client certificate in the webhook’s settings against theirs'],
  [/HTTP\/1\.1/, 'enable HTTP/1.1 beside HTTP/2'],
  [/closed the connection/, 'check what ends TLS in front of their server, and its allow lists'],
];

/**
 * What a failed attempt means, what to do, and whose turn it is. A code says less than its message: what is read out of
 * messages is held against real failures by test/integration/egress/advice.spec.ts.
 */
export function failureAdvice(failure: Failure, webhook?: KnownWebhook): Advice {
  const { error, outcome } = failure;
  const message = error?.message ?? '';
  if (outcome === 'interrupted') return INTERRUPTED;
  if (OURS.test(message)) return { meaning: message, turn: 'schoolbell' };
  // The receiver closed a kept-alive connection just as the request was on its way: nobody did anything wrong.
  if (/may or may not have read/.test(message)) return { meaning: message, turn: 'schoolbell' };
  if (!error) return statusAdvice(failure, webhook);
  switch (error.code) {
    case 'http_status':
    case 'redirect':
      return statusAdvice(failure, webhook);
    case 'interrupted':
      return INTERRUPTED;
    case 'damaged_event':
      return {
        meaning: 'The event that Schoolbell stored is damaged.',
        step: 'have the event posted again, as a new one, and tell whoever runs Schoolbell',
        turn: 'schoolbell',
      };
    case 'unsendable':
      return {
        meaning: message,
        step: 'correct the webhook’s settings, then retry',
        turn: 'customer',
      };
    case 'token_unavailable':
      return {
        meaning: message,
        step: 'check the client, its secret and the token URL in the webhook’s settings',
        turn: 'customer',
      };
    default:
      return {
        meaning: meaningOf(error.code, message),
        step: stepOf(error.code, message),
        turn: 'customer',
      };
  }
}

const INTERRUPTED: Advice = {
  meaning: `Schoolbell was restarted or cut off during the attempt. ${MAYBE_RECEIVED}`,
  turn: 'schoolbell',
};

function meaningOf(code: string, message: string): string {
  const isSilent = code === 'timeout' && !/No connection|timed out/.test(message);
  // The API's sentence is followed by its advice, which is in `step` already.
  const [said = ''] = message.split(/(?<=\.) /);
  return isSilent || code === 'connection_reset' ? `${said} ${MAYBE_RECEIVED}` : said;
}

function stepOf(code: string, message: string): string {
  switch (code) {
    case 'timeout':
      return /No connection|timed out/.test(message)
        ? 'check that their server is up and that no firewall drops connections from Schoolbell'
        : 'answer 2xx first and do the work afterwards, or raise the webhook’s timeout';
    case 'connection_refused':
      return 'check that their server is running, and that the port of the URL is right';
    case 'connection_reset':
      return 'look in the log of their server or proxy for why it closes connections';
    case 'dns':
      return 'check the spelling of the host name and its DNS records';
    case 'tls':
      return (
        ruled(TLS_STEPS, message) ?? 'check that their server speaks TLS 1.2 or later on this port'
      );
    case 'blocked_address':
      return 'use a URL that leads to a public address';
    case 'network':
      return 'check that their host is up and can be reached from the internet';
    default:
      return 'check that the URL leads to an HTTP server, and what stands in front of it';
  }
}

function ruled(rules: readonly Rule[], message: string): string | undefined {
  return rules.find(([pattern]) => pattern.test(message))?.[1];
}
