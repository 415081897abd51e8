import { setTimeout as sleep } from 'node:timers/promises';
import type { OutgoingRequest, SendResult } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../testing/a-claim.js';
import { aWebhook } from '../testing/a-webhook.js';
import { silentLogger } from '../testing/silent-logger.js';
import { Attempter } from './attempter.js';
import type { KnownWebhook } from './known-webhook.js';

const TIMEOUT_MS = 100;

const webhook = aWebhook({
  authentication: {
    type: 'oauth2',
    tokenUrl: 'https://id.example/token',
    clientId: 'c',
    clientSecret: 's',
  },
  timeoutSeconds: TIMEOUT_MS / 1000,
});
const known: KnownWebhook = { kind: 'readable', webhook };

/** A receiver that answers 401 to the first token, after this time. */
async function attempt(answersAfterMs: number): Promise<OutgoingRequest[]> {
  const sent: OutgoingRequest[] = [];
  const send = async (request: OutgoingRequest): Promise<SendResult> => {
    sent.push(request);
    await sleep(answersAfterMs);
    const status = sent.length === 1 ? 401 : 200;
    const timings = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 1, totalMs: 1 };
    return {
      kind: 'answered',
      response: { status, headers: {}, body: '', truncated: false },
      timings,
    };
  };
  const claimed = aClaim();
  const recorded = Promise.withResolvers<void>();
  const attempter = new Attempter({
    webhooks: { webhooksOf: async () => new Map([[claimed.webhookId, known]]) },
    sifter: { sift: (delivery) => delivery, abandon: () => undefined },
    releaser: { giveBack: async () => undefined },
    inFlight: { sent: () => undefined, answered: () => undefined },
    tokens: {
      accessFor: (_webhook, _how, rejected) => ({ ok: true, token: `${rejected ?? ''}t` }),
    },
    template: { bodyFor: async () => ({ ok: true, body: '' }) },
    sender: { send, close: async () => undefined },
    recorder: { add: () => recorded.resolve() },
    logger: silentLogger,
    newId: uuidV7,
    now: Date.now,
    random: Math.random,
  });
  await attempter.attemptAll([claimed]);
  await recorded.promise;
  return sent;
}

describe('an attempt whose token is refused', () => {
  it('is sent again with another token, within what is left of its deadline', async () => {
    const [first, second] = await attempt(20);
    expect(first!.timeoutMs).toBe(TIMEOUT_MS);
    expect(second!.timeoutMs).toBeLessThanOrEqual(TIMEOUT_MS - 19);
    expect(second!.headers).toContainEqual(['Authorization', 'Bearer tt']);
  });

  it('is not sent again when nothing is left: it would outlast its lease', async () => {
    expect(await attempt(TIMEOUT_MS + 10)).toHaveLength(1);
  });
});
