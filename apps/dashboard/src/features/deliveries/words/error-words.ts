import type { AttemptDocument } from '@schoolbell/api-client';

export type ErrorCode = NonNullable<AttemptDocument['error']>['code'];

/** How an attempt failed, in a few words for a row of a list. */
export const ERROR_WORDS: Record<ErrorCode, string> = {
  http_status: 'Refused by their server',
  redirect: 'Redirected',
  timeout: 'No answer in time',
  connection_refused: 'Connection refused',
  connection_reset: 'Connection closed',
  dns: 'Host name not found',
  tls: 'TLS failed',
  blocked_address: 'Address not allowed',
  network: 'Not reachable',
  invalid_response: 'Answer is not HTTP',
  interrupted: 'Interrupted on our side',
  unsendable: 'Request could not be made',
  damaged_event: 'Stored event is damaged',
  token_unavailable: 'No OAuth token',
};

/** Also for a code that only a newer API knows. */
export function errorWords(code: string): string {
  return (ERROR_WORDS as Record<string, string>)[code] ?? code.replaceAll('_', ' ');
}
