import type { AttemptError, AttemptErrorCode } from '@schoolbell/delivery';
import { errors } from 'undici';
import { ConnectError, type ConnectStep } from './connect-error.js';
import { OUR_NAME_SERVERS, OUR_NETWORK, OUR_PROXY } from './own-failures.js';

/** How far a request had got when its deadline passed. */
export type Progress = 'connecting' | 'waiting' | 'reading';

type Explanation = readonly [code: AttemptErrorCode, message: string];

const REFUSED: Explanation = [
  'connection_refused',
  'The receiver refused the connection. Check that it is running and that the port is right.',
];
const RESET: Explanation = [
  'connection_reset',
  'The receiver closed the connection before its answer was complete.',
];
/** The only failure after which a request may be repeated soon: nothing is known to be wrong with its receiver. */
export const CUT_ON_REUSE: AttemptError = {
  code: 'connection_reset',
  message:
    'The receiver closed a kept-open connection just as the request was sent, and may or may not have read it. Schoolbell sends the request again on a new connection.',
  ours: true,
  retrySoon: true,
};
const OS_TIMEOUT: Explanation = ['timeout', 'The connection to the receiver timed out.'];
const NETWORK: Explanation = [
  'network',
  'The receiver could not be reached over the network. Check that its host is up and public.',
];
const BLOCKED: Explanation = [
  'blocked_address',
  'The URL leads to an address that Schoolbell does not send to. Use one on the public internet.',
];
const NO_SUCH_NAME: Explanation = [
  'dns',
  'The host name of the URL has no address. Check its spelling and its DNS records.',
];
const DNS_FAILED: Explanation = [
  'dns',
  'The host name of the URL could not be looked up. Check the name servers of its domain.',
];
const TLS_FAILED: Explanation = [
  'tls',
  'The TLS handshake failed. Check that the receiver speaks TLS 1.2 or later on this port.',
];
const CERTIFICATE_UNTRUSTED: Explanation = [
  'tls',
  'The certificate of the receiver is not issued by a trusted authority, or its chain is incomplete.',
];
const CLIENT_REFUSED: Explanation = [
  'tls',
  'The receiver did not accept the client certificate, or asks for one and the webhook has none.',
];
const UNUSABLE_IDENTITY: Explanation = [
  'unsendable',
  'The client certificate or the CA of the webhook cannot be used. Set it again.',
];
const NOT_HTTP: Explanation = [
  'invalid_response',
  'The receiver answered with something that is not HTTP/1.1.',
];
const UNSENDABLE: Explanation = [
  'unsendable',
  'The request could not be made. Check the headers of the webhook.',
];

const RESET_CODE = 'ECONNRESET';

const CONNECT_ERRORS: Record<string, Explanation> = {
  ECONNREFUSED: REFUSED,
  [RESET_CODE]: RESET,
  EPIPE: RESET,
  ETIMEDOUT: OS_TIMEOUT,
};

/**
 * TLS alerts of a receiver about our client certificate (RFC 8446, section 6.2), which may come after the handshake.
 */
const CLIENT_ALERTS = Object.fromEntries(
  [
    'TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'TLSV1_ALERT_UNKNOWN_CA',
    'TLSV1_ALERT_ACCESS_DENIED',
    'SSLV3_ALERT_BAD_CERTIFICATE',
    'SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
    'SSLV3_ALERT_CERTIFICATE_REVOKED',
    'SSLV3_ALERT_CERTIFICATE_EXPIRED',
    'SSLV3_ALERT_CERTIFICATE_UNKNOWN',
    'SSL/TLS_ALERT_BAD_CERTIFICATE',
    'SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE',
    'SSL/TLS_ALERT_CERTIFICATE_REVOKED',
    'SSL/TLS_ALERT_CERTIFICATE_EXPIRED',
    'SSL/TLS_ALERT_CERTIFICATE_UNKNOWN',
  ].map((alert) => [`ERR_SSL_${alert}`, CLIENT_REFUSED]),
);

const HANDSHAKE_ERRORS: Record<string, Explanation> = {
  ...CLIENT_ALERTS,
  CERT_HAS_EXPIRED: ['tls', 'The certificate of the receiver has expired.'],
  CERT_NOT_YET_VALID: ['tls', 'The certificate of the receiver is not valid yet.'],
  CERT_REVOKED: ['tls', 'The certificate of the receiver is revoked.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls',
    'The certificate of the receiver does not name the host of the URL.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'The certificate of the receiver is self-signed.'],
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE_UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE_UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE_UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE_UNTRUSTED,
  CERT_UNTRUSTED: CERTIFICATE_UNTRUSTED,
  [RESET_CODE]: ['tls', 'The receiver closed the connection during the TLS handshake.'],
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: [
    'tls',
    'The receiver does not speak HTTP/1.1. Enable HTTP/1.1 beside HTTP/2.',
  ],
};

const EXCHANGE_ERRORS: Record<string, Explanation> = {
  ...CONNECT_ERRORS,
  ...CLIENT_ALERTS,
  UND_ERR_SOCKET: RESET,
  ERR_INTERIM_FLOOD: [
    'invalid_response',
    'The receiver sent more than 10 interim answers (1xx), or 16 KiB of them, before a final one.',
  ],
  ERR_INTERIM_MALFORMED: NOT_HTTP,
  ERR_ANSWER_FLOOD: ['invalid_response', 'The status line or a chunk of the answer does not end.'],
  UND_ERR_HEADERS_OVERFLOW: ['invalid_response', 'The headers of the answer are over 16 KiB.'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    'invalid_response',
    'The body of the answer is not as long as its Content-Length says.',
  ],
  UND_ERR_INVALID_ARG: UNSENDABLE,
  UND_ERR_NOT_SUPPORTED: UNSENDABLE,
};

/** Says for the customer what happened, without an address; `internal` tells the operator the rest. */
export function explainFailure(error: unknown): AttemptError {
  const internal = internalOf(error);
  if (error instanceof ConnectError && error.ours) {
    return { ...ownFailureOf(error.step), internal };
  }
  const [code, message] = error instanceof ConnectError ? ofConnecting(error) : ofExchange(error);
  return { code, message, internal };
}

export function explainTimeout(progress: Progress, timeoutMs: number): AttemptError {
  const after = `within ${timeoutMs / 1000} s`;
  const messages: Record<Progress, string> = {
    connecting: `No connection to the receiver could be opened ${after}.`,
    waiting: `The receiver did not answer ${after}. Answer first, then do the work.`,
    reading: `The receiver began to answer, but its answer did not end ${after}.`,
  };
  return { code: 'timeout', message: messages[progress] };
}

/** Whether the other side just closed the connection, in whatever way. */
export function isClosing(error: Error): boolean {
  return !(error instanceof ConnectError) && EXCHANGE_ERRORS[codeOf(error)] === RESET;
}

/** Whether the other side just closed the connection during the TLS handshake. */
export function isClosingInHandshake(error: Error): boolean {
  return (
    error instanceof ConnectError && error.step === 'tls' && codeOf(error.cause) === RESET_CODE
  );
}

function ownFailureOf(step: ConnectStep): AttemptError {
  if (step === 'dns') return OUR_NAME_SERVERS;
  return step === 'proxy' ? OUR_PROXY : OUR_NETWORK;
}

function ofConnecting(error: ConnectError): Explanation {
  const code = codeOf(error.cause);
  switch (error.step) {
    case 'identity':
      return UNUSABLE_IDENTITY;
    case 'proxy':
      return NETWORK;
    case 'address':
      return BLOCKED;
    case 'dns':
      return code === 'ENOTFOUND' || code === 'ENODATA' ? NO_SUCH_NAME : DNS_FAILED;
    case 'tls':
      return HANDSHAKE_ERRORS[code] ?? TLS_FAILED;
    case 'connect':
      return CONNECT_ERRORS[code] ?? NETWORK;
  }
}

function ofExchange(error: unknown): Explanation {
  const code = codeOf(error);
  // undici has no codes for these two, only messages: an answer before the request, or a `101` that was not asked
  // for.
  if (error instanceof Error && /^bad (response|upgrade)$/.test(error.message)) return NOT_HTTP;
  if (error instanceof errors.HTTPParserError) return NOT_HTTP;
  if (code.startsWith('ERR_SSL_')) return EXCHANGE_ERRORS[code] ?? TLS_FAILED;
  return EXCHANGE_ERRORS[code] ?? NETWORK;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

function internalOf(error: unknown): string {
  const cause = error instanceof ConnectError ? error.cause : error;
  return [codeOf(cause), cause instanceof Error ? cause.message : String(cause)]
    .filter(Boolean)
    .join(': ');
}
