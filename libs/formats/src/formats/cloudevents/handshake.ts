import { WEBHOOK_LIMITS } from '@schoolbell/delivery';
import type { Consent, HandshakeRules } from '../../contract/handshake-rules.js';

const REQUEST_ORIGIN = 'WebHook-Request-Origin';
const REQUEST_RATE = 'WebHook-Request-Rate';
const ALLOWED_ORIGIN = 'WebHook-Allowed-Origin';
const ALLOWED_RATE = 'WebHook-Allowed-Rate';

const ANY = '*';
const POSITIVE_INTEGER = /^0*[1-9]\d*$/;
const HIGHEST_RATE = WEBHOOK_LIMITS.rateLimit * 60;
const MOST_QUOTED_CHARACTERS = 100;

/**
 * The abuse protection of "HTTP 1.1 Web Hooks for Event Delivery", section 4, without its callback. Any status
 * comes with consent or without: only the header `WebHook-Allowed-Origin` gives it.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection
 */
export const handshake: HandshakeRules = {
  isWanted: (settings) => settings['handshake'] === true,
  headers: ({ origin, requestsPerMinute }) => [
    [REQUEST_ORIGIN, origin],
    ...(requestsPerMinute === null ? [] : [[REQUEST_RATE, String(requestsPerMinute)] as const]),
  ],
  read: ({ status, headers }, origin) => {
    const allowed = headers[ALLOWED_ORIGIN.toLowerCase()]?.trim();
    if (!allowed) {
      return refused(`answered OPTIONS with ${status} and no ${ALLOWED_ORIGIN}`, origin);
    }
    if (allowed !== ANY && allowed.toLowerCase() !== origin.toLowerCase()) {
      return refused(`allows requests of ${quoted(allowed)} only`, origin);
    }
    return consentAt(headers[ALLOWED_RATE.toLowerCase()]?.trim() || ANY);
  },
  deliveryHeaders: (origin) => [[REQUEST_ORIGIN, origin]],
};

/** Without a rate there is no limit, though the specification wants one where one was asked for. */
function consentAt(rate: string): Consent {
  if (rate === ANY) return { given: true, perMinute: null };
  if (POSITIVE_INTEGER.test(rate)) {
    return { given: true, perMinute: Math.min(Number(rate), HIGHEST_RATE) };
  }
  const message = `The receiver answered with ${ALLOWED_RATE}: ${quoted(rate)}. Have it answer with a number of requests per minute, or ${ANY}, and resume the webhook.`;
  return { given: false, message };
}

function refused(what: string, origin: string): Consent {
  const message = `The receiver ${what}. Have it answer OPTIONS with ${ALLOWED_ORIGIN}: ${origin}, or ${ANY}, and resume the webhook.`;
  return { given: false, message };
}

function quoted(value: string): string {
  return value.slice(0, MOST_QUOTED_CHARACTERS);
}
