import type {
  AccessToken,
  AttemptError,
  OAuth2Authentication,
  Sender,
  SendResult,
  TlsIdentity,
} from '@schoolbell/delivery';
import { USER_AGENT } from '@schoolbell/formats';
import { sendSafely } from '../sending/send-safely.js';

/** Part of the lease of the attempts that wait for it, leaving room for the longest of them. Milliseconds. */
const TIMEOUT_MS = 10_000;
/** For an endpoint that does not say how long its tokens are valid, which RFC 6749 only recommends. */
const DEFAULT_LIFETIME_SECONDS = 300;
const MAX_LIFETIME_SECONDS = 7 * 86_400;
/**
 * A token is not used shortly before it expires, since it could expire on the way. For short-lived tokens, half their
 * life.
 */
const MARGIN_SECONDS = 30;

/** RFC 6750, section 2.1: what may follow `Bearer`. */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

type FetchedToken = ({ ok: true } & AccessToken) | { ok: false; error: AttemptError };

/**
 * Fetches a token by client credentials: RFC 6749, section 4.4, the client authenticated by Basic (section 2.3.1).
 *
 * @param now Unix milliseconds
 */
export async function fetchToken(
  sender: Sender,
  authentication: OAuth2Authentication,
  identity: TlsIdentity | undefined,
  now: number,
): Promise<FetchedToken> {
  const result = await sendSafely(sender, {
    url: authentication.tokenUrl,
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Accept', 'application/json'],
      ['User-Agent', USER_AGENT],
      ['Authorization', basicOf(authentication)],
    ],
    body: Buffer.from(formOf(authentication).toString()),
    timeoutMs: TIMEOUT_MS,
    identity,
  });
  return readToken(result, now);
}

function formOf({ scope, audience }: OAuth2Authentication): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
  });
}

/** Section 2.3.1: id and secret are form-encoded before they are joined. */
function basicOf({ clientId, clientSecret }: OAuth2Authentication): string {
  const encoded = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ '': text }).toString().slice(1),
  );
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

function readToken(result: SendResult, now: number): FetchedToken {
  if (result.kind === 'failed') return unavailable(result.error.message, result.error);
  const { status, body } = result.response;
  if (status < 200 || status > 299) return unavailable(`The token server answered ${status}.`);
  const { access_token: token, expires_in: seconds } = jsonOf(body);
  if (typeof token !== 'string' || !TOKEN.test(token)) {
    return unavailable(`The token server answered ${status} without an access_token.`);
  }
  return { ok: true, token, expiresAt: new Date(now + usableFor(lifetimeOf(seconds)) * 1000) };
}

function lifetimeOf(seconds: unknown): number {
  const given = Number(seconds);
  return given > 0 ? Math.min(given, MAX_LIFETIME_SECONDS) : DEFAULT_LIFETIME_SECONDS;
}

function usableFor(lifetime: number): number {
  return Math.max(lifetime - MARGIN_SECONDS, lifetime / 2);
}

function jsonOf(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

function unavailable(what: string, cause: Partial<AttemptError> = {}): FetchedToken {
  return {
    ok: false,
    error: {
      ...cause,
      code: 'token_unavailable',
      message: `No access token could be fetched from the tokenUrl of the webhook. ${what}`,
    },
  };
}
