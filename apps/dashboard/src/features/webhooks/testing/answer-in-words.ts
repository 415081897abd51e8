import type { AttemptDocument } from '@schoolbell/api-client';
import { statusText } from '../../../ui/status-text.ts';

type ErrorCode = NonNullable<AttemptDocument['error']>['code'];

interface Verdict {
  /** What happened. */
  title: string;
  /** What to do about it, and whose turn it is. */
  todo: string;
}

const BY_STATUS: readonly [matches: (status: number) => boolean, todo: string][] = [
  [
    (status) => status === 401 || status === 403,
    'The receiver does not accept the credentials or the signature. Compare the secret and the authentication with what it expects.',
  ],
  [(status) => status === 404, 'Nothing listens at this path. Check the URL for a typing error.'],
  [
    (status) => status === 405,
    'The receiver takes no POST at this path. Check that the URL is the one for webhooks.',
  ],
  [
    (status) => status === 410,
    'The receiver says that it wants no more. A delivery with this answer would pause the webhook.',
  ],
  [(status) => status === 413, 'The receiver takes no body of this size. Raise its limit.'],
  [
    (status) => status === 400 || status === 415 || status === 422,
    'The receiver does not understand the body. Check the format; what it answered often says which field it misses.',
  ],
  [
    (status) => status === 429,
    'The receiver gets more than it takes. Set a rate limit for this webhook.',
  ],
  [
    (status) => status >= 500,
    'The receiver failed on its own side. Its log of this moment says why; look there for the delivery’s id.',
  ],
  [() => true, 'The receiver has to answer with 200 to 299 for the event to count as delivered.'],
];

const BY_CODE: Record<Exclude<ErrorCode, 'http_status'>, Verdict> = {
  redirect: {
    title: 'The receiver answered with a redirect',
    todo: 'Redirects are not followed. Enter the address that it points to as the URL.',
  },
  timeout: {
    title: 'No answer in time',
    todo: 'The receiver has to answer before it begins its work. Raise the time-out only if it cannot.',
  },
  connection_refused: {
    title: 'The connection was refused',
    todo: 'Nothing listens at this host and port. Check whether the receiver runs, and its firewall.',
  },
  connection_reset: {
    title: 'The receiver cut the connection',
    todo: 'It, or something in front of it, ended the request in the middle. Its log says why.',
  },
  dns: {
    title: 'The host name was not found',
    todo: 'Check the URL for a typing error, and whether the name is public.',
  },
  tls: {
    title: 'No secure connection could be made',
    todo: 'The certificate is expired, for another name, or of an authority that is not trusted. Renew it, or set the authority of this webhook.',
  },
  blocked_address: {
    title: 'The address is not allowed',
    todo: 'The host name points into a private network. Only public addresses are sent to.',
  },
  network: {
    title: 'The network failed',
    todo: 'No connection could be made. Try again; if it stays, check whether the host can be reached from outside.',
  },
  invalid_response: {
    title: 'The answer was no valid HTTP',
    todo: 'What answers at this port may be something other than a web server.',
  },
  interrupted: {
    title: 'Cut off on our side',
    todo: 'Schoolbell was being restarted. Send it again.',
  },
  unsendable: {
    title: 'The request could not be made',
    todo: 'A setting of the webhook gives no valid request: look at its template, headers and authentication.',
  },
  damaged_event: {
    title: 'The event cannot be read',
    todo: 'This is a fault of Schoolbell: tell whoever runs it.',
  },
  token_unavailable: {
    title: 'No access token was given',
    todo: 'The token endpoint refused or failed. Check the token URL, client id and client secret.',
  },
};

/** The result of an attempt, and what to do; undefined when it was delivered. */
export function failureInWords({
  response,
  error,
}: Pick<AttemptDocument, 'response' | 'error'>): Verdict | undefined {
  return error ? failureOf(error.code, response?.status ?? null) : undefined;
}

/** The same, from what a list says about an attempt. */
export function failureOf(code: string, status: number | null): Verdict {
  if (status !== null && code === 'http_status') {
    const todo = BY_STATUS.find(([matches]) => matches(status))![1];
    return { title: `The receiver answered ${statusText(status)}`, todo };
  }
  return (
    BY_CODE[code as keyof typeof BY_CODE] ?? {
      title: 'The attempt failed',
      todo: 'Look at the attempt for what was sent and answered.',
    }
  );
}
