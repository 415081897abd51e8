import type { DeadLetterGroupDocument, SelectDeadLetters } from '@schoolbell/api-client';

export type ErrorCode = NonNullable<SelectDeadLetters['errorCode']>;

interface ErrorWords {
  /** What happened, short enough for a row. */
  label: string;
  /** Who has to act: who runs the receiver, who set up the webhook, or who runs Schoolbell. */
  whose: 'receiver' | 'setting' | 'platform';
  /** What to do before sending again. */
  advice: string;
}

const receiver = (label: string, advice: string): ErrorWords => ({
  label,
  whose: 'receiver',
  advice,
});
const setting = (label: string, advice: string): ErrorWords => ({
  label,
  whose: 'setting',
  advice,
});
const platform = (label: string, advice: string): ErrorWords => ({
  label,
  whose: 'platform',
  advice,
});

const REFUSED = receiver(
  'The receiver refused the request',
  'Ask those who run the receiver what they expect; the answer to the latest attempt may say it.',
);
const CREDENTIALS = setting(
  'The receiver refused the credentials',
  'Check the authentication of the webhook, and that the receiver has the current secret.',
);

const BY_STATUS: Partial<Record<number, ErrorWords>> = {
  401: CREDENTIALS,
  403: CREDENTIALS,
  404: setting(
    'The receiver has nothing at this address',
    'Check the URL of the webhook with those who run the receiver.',
  ),
  405: setting(
    'The receiver takes no POST at this address',
    'Check the URL of the webhook with those who run the receiver.',
  ),
  408: receiver(
    'The receiver waited too long for the request',
    'Ask those who run the receiver whether it is overloaded.',
  ),
  410: setting(
    'The receiver is gone',
    'Ask for the new address and change the URL of the webhook, or delete it.',
  ),
  413: receiver(
    'The request was too large for the receiver',
    'Have the receiver take larger requests, or send fewer events in one batch.',
  ),
  429: setting(
    'The receiver got too many requests',
    'Set a rate limit on the webhook, then retry: the limit is kept while the rest is sent.',
  ),
};

const BROKEN = receiver(
  'The receiver had an error of its own',
  'Ask those who run the receiver to repair it, then retry one.',
);
const UNAVAILABLE = receiver(
  'The receiver was not available',
  'Its server is up but refuses work, as during a deployment. Retry one when it is back.',
);

const BY_CODE: Record<Exclude<ErrorCode, 'http_status'>, ErrorWords> = {
  redirect: setting(
    'Redirected',
    'Redirects are not followed: set the webhook’s URL to the one that the receiver names.',
  ),
  timeout: receiver(
    'No answer in time',
    'The receiver should answer first and work later. A longer timeout can be set on the webhook.',
  ),
  connection_refused: receiver(
    'Connection refused',
    'Nothing listens at the address: ask those who run the receiver to start it.',
  ),
  connection_reset: receiver(
    'Connection closed',
    'The receiver, or something in front of it, hung up. Ask those who run it.',
  ),
  dns: setting(
    'Host name not found',
    'Check the host in the URL of the webhook, and its DNS records.',
  ),
  tls: receiver(
    'TLS failed',
    'Check the certificate of the receiver, and the authorities that the webhook trusts.',
  ),
  blocked_address: setting(
    'Address not allowed',
    'The host leads to a private address. Use a public one, or ask the operator to allow it.',
  ),
  network: receiver('Not reachable', 'The receiver could not be reached. Retry one to see.'),
  invalid_response: receiver(
    'Answer is not HTTP',
    'Check that the URL leads to the receiver, and what stands in front of it.',
  ),
  interrupted: platform(
    'Interrupted on our side',
    'Nothing is wrong with the receiver: retry one.',
  ),
  unsendable: setting(
    'Request could not be made',
    'The settings of the webhook do not fit the event: check its format, template and secret.',
  ),
  damaged_event: platform(
    'Stored event is damaged',
    'It cannot be sent: have the event posted again, then discard this one.',
  ),
  token_unavailable: setting(
    'No access token',
    'The token server refused or did not answer: check the OAuth settings of the webhook.',
  ),
};

const UNKNOWN = receiver('It was given up', 'Open one of them to see what happened.');

/** Why an attempt failed, in a few words; by the API's `errorCode` and the status of the answer, if there was one. */
export function errorWords(
  errorCode: DeadLetterGroupDocument['errorCode'],
  responseStatus: number | null = null,
): ErrorWords {
  if (errorCode === 'http_status' && responseStatus !== null) return ofStatus(responseStatus);
  return BY_CODE[errorCode as keyof typeof BY_CODE] ?? UNKNOWN;
}

function ofStatus(status: number): ErrorWords {
  return (
    BY_STATUS[status] ??
    (status < 500 ? REFUSED : status >= 502 && status <= 504 ? UNAVAILABLE : BROKEN)
  );
}

/** All error codes, in the order of the list to choose from. */
export const ERROR_CODES = ['http_status', ...Object.keys(BY_CODE)] as readonly ErrorCode[];

/** The words for a code without a status; an unknown code stays as it is. */
export function errorCodeLabel(code: string): string {
  if (code === 'http_status') return 'Answered with an error';
  return BY_CODE[code as keyof typeof BY_CODE]?.label ?? code.replaceAll('_', ' ');
}
