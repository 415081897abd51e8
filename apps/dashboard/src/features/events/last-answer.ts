import type { DeliveryDocument } from '@schoolbell/api-client';
import { statusText } from '../../ui/status-text.ts';

type LastAttempt = NonNullable<DeliveryDocument['lastAttempt']>;

const IN_WORDS: Record<string, string> = {
  redirect: 'answered with a redirect',
  timeout: 'did not answer in time',
  connection_refused: 'refused the connection',
  connection_reset: 'broke off the connection',
  dns: 'was not found: its name does not resolve',
  tls: 'could not be reached safely: TLS failed',
  blocked_address: 'is at an address that nothing may be sent to',
  network: 'could not be reached',
  invalid_response: 'answered with something that is not HTTP',
  interrupted: 'was being sent to when we were interrupted',
  unsendable: 'could not be sent to: the request could not be made',
  damaged_event: 'could not be sent to: the stored event is damaged',
  token_unavailable: 'could not be sent to: no access token could be fetched',
};

/** The receiver's part of the last attempt, to follow its name: "answered 503 Service Unavailable", "did not answer in time". */
export function lastAnswer({ responseStatus, errorCode }: LastAttempt): string {
  if (responseStatus !== null) return `answered ${statusText(responseStatus)}`;
  return IN_WORDS[errorCode ?? ''] ?? 'gave no answer';
}
