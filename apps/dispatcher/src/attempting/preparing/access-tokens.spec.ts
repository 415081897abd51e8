import type { OutgoingRequest, SendResult, WebhookForSending } from '@schoolbell/delivery';
import { expect, it } from 'vitest';
import { silentLogger } from '../../testing/silent-logger.js';
import { AccessTokens } from './access-tokens.js';

const authentication = {
  type: 'oauth2',
  tokenUrl: 'https://tokens.example/',
  clientId: 'c',
  clientSecret: 's',
} as const;

/** Tokens of one webhook, from an endpoint whose tokens are valid for this many seconds. */
function tokensThatLive(seconds: number) {
  const timings = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 };
  const fetched: OutgoingRequest[] = [];
  const clock = { now: 0 };
  const tokens = new AccessTokens({
    sender: {
      send: async (request): Promise<SendResult> => {
        const body = JSON.stringify({
          access_token: `token-${fetched.push(request)}`,
          expires_in: seconds,
        });
        return {
          kind: 'answered',
          response: { status: 200, headers: {}, body, truncated: false },
          timings,
        };
      },
      close: async () => undefined,
    },
    store: { find: async () => undefined, keep: async () => undefined },
    logger: silentLogger,
    now: () => clock.now,
  });
  const webhook = { id: 'w', version: 1, timeoutSeconds: 30 } as WebhookForSending;
  const at = async (second: number) => {
    clock.now = second * 1000;
    const access = await tokens.accessFor(webhook, authentication);
    return access.ok && access.token;
  };
  return { at, fetched };
}

it.each([
  ['until half a minute before its end', 3600, 3569, 3571],
  ['for half of its life, when that is short', 20, 9, 11],
])('a token is used %s', async (_how, lifetime, good, over) => {
  const { at } = tokensThatLive(lifetime);
  expect(await at(0)).toBe('token-1');
  expect(await at(good)).toBe('token-1');
  expect(await at(over)).toBe('token-2');
});

it('a token endpoint has 10 s for its answer, however long the receiver may take', async () => {
  const { at, fetched } = tokensThatLive(60);
  await at(0);
  expect(fetched).toMatchObject([{ timeoutMs: 10_000 }]);
});
