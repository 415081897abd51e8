import type {
  AttemptError,
  ClaimedHandshake,
  HandshakeVerdict,
  OutgoingRequest,
  Sender,
  SendResult,
} from '@schoolbell/delivery';
import { formatNamed, USER_AGENT, type HandshakeRules } from '@schoolbell/formats';

/** Seconds before a receiver that has not consented is asked again: it may just be starting. */
const ASK_AGAIN_AFTER = [30, 120, 600];
/** The same after a failure on our side, for as long as it lasts. */
const AFTER_OUR_FAILURE = 30;

/** Asks a receiver whether it wants the webhook's requests, and says what its answer means for the webhook. */
export async function askReceiver(
  sender: Pick<Sender, 'send'>,
  handshake: ClaimedHandshake,
  origin: string,
): Promise<HandshakeVerdict> {
  const rules = formatNamed(handshake.format)?.handshake;
  // Another version of Schoolbell stored it, whose dispatchers know the format.
  if (!rules) return failed(`The format ${handshake.format} is not known.`, AFTER_OUR_FAILURE);
  const result = await sender.send(question(rules, handshake, origin));
  return verdictOf(rules, result, { origin, attempt: handshake.attempt });
}

/** Without authentication: the receiver has not agreed to anything yet. */
function question(
  rules: HandshakeRules,
  { url, rateLimit, timeoutSeconds, identity }: ClaimedHandshake,
  origin: string,
): OutgoingRequest {
  const requestsPerMinute = rateLimit === null ? null : rateLimit * 60;
  return {
    method: 'OPTIONS',
    url,
    headers: [['User-Agent', USER_AGENT], ...rules.headers({ origin, requestsPerMinute })],
    body: Buffer.alloc(0),
    timeoutMs: timeoutSeconds * 1000,
    newConnection: true,
    identity,
  };
}

function verdictOf(
  rules: HandshakeRules,
  result: SendResult,
  { origin, attempt }: { origin: string; attempt: number },
): HandshakeVerdict {
  const askAgainAfter = ASK_AGAIN_AFTER[attempt - 1] ?? null;
  // The answer is in the headers, whatever happened to the body.
  if (result.kind === 'failed' && !result.response) return unreached(result.error, askAgainAfter);
  const consent = rules.read(result.response!, origin);
  if (!consent.given) return failed(consent.message, askAgainAfter);
  return { kind: 'consented', origin, perMinute: consent.perMinute };
}

function unreached(error: AttemptError, askAgainAfter: number | null): HandshakeVerdict {
  const message = `The receiver could not be asked for its consent. ${error.message}`;
  return failed(message, error.ours ? AFTER_OUR_FAILURE : askAgainAfter);
}

function failed(error: string, againInSeconds: number | null): HandshakeVerdict {
  return { kind: 'failed', error, againInSeconds };
}
