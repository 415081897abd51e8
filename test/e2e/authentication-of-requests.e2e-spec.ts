import { beforeAll, describe, expect, it } from 'vitest';
import {
  startReceiver,
  SharedWorld,
  type ReceivedRequest,
  type Receiver,
} from '../support/index.js';

/** A token endpoint that issues token-1, token-2 and so on. */
async function startTokenEndpoint(): Promise<Receiver & { tokens: () => number }> {
  const endpoint = await startReceiver();
  let tokens = 0;
  endpoint.respondWith(() => {
    tokens++;
    return {
      status: 200,
      body: JSON.stringify({ access_token: `token-${tokens}`, expires_in: 3600 }),
    };
  });
  return Object.assign(endpoint, { tokens: () => tokens });
}

describe('a receiver that asks for OAuth 2.0', () => {
  const world = new SharedWorld();
  let endpoint: Awaited<ReturnType<typeof startTokenEndpoint>>;
  beforeAll(async () => {
    endpoint = await startTokenEndpoint();
    return () => endpoint.close();
  });

  const oauth2 = () => ({
    type: 'oauth2',
    tokenUrl: endpoint.url,
    clientId: 'schoolbell',
    clientSecret: 'p@ss: word',
    scope: 'events.write',
  });
  const bearerOf = ({ headers }: ReceivedRequest) => headers.authorization;

  it('gets a token by client credentials, fetched once for many deliveries', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, { authentication: oauth2() });
    await world.customer.completes(webhook);
    await world.receiver.waitFor(1);
    await Promise.all(Array.from({ length: 20 }, () => world.customer.completes(webhook)));
    const requests = await world.receiver.waitFor(21);
    expect(new Set(requests.map(bearerOf)).size).toBe(1);
    const [asked] = endpoint.requests;
    expect(Object.fromEntries(new URLSearchParams(asked!.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'events.write',
    });
    const basic = Buffer.from('schoolbell:p%40ss%3A+word').toString('base64');
    expect(asked!.headers.authorization).toBe(`Basic ${basic}`);
    expect(requests[0]!.headers).not.toHaveProperty('webhook-signature');
  });

  it('gets another token when it answers 401, in the same attempt, and the log hides both', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      authentication: { ...oauth2(), sign: true },
    });
    let first: string | undefined;
    world.receiver.respondWith((request) => {
      first ??= bearerOf(request);
      return bearerOf(request) === first ? 401 : 200;
    });
    await world.customer.completes(webhook);
    const [refused, taken] = await world.receiver.waitFor(2);
    expect(bearerOf(taken!)).not.toBe(bearerOf(refused!));
    expect(taken!.headers).toHaveProperty('webhook-signature');
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]!.request.headers['Authorization']).toBe('[redacted]');
  });

  it('gets nothing while no token can be fetched, and the attempt says why', async () => {
    const down = await startReceiver();
    down.respondWith({ status: 503, body: 'maintenance' });
    const authentication = { ...oauth2(), tokenUrl: down.url };
    const settings = { authentication, retrySchedule: [1, 3600] };
    const webhook = await world.customer.webhook(world.receiver.url, settings);
    await world.customer.completes(webhook);
    await down.waitFor(1);
    down.respondWith({ status: 200, body: '{"access_token":"late"}' });
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts[0]!).toMatchObject({
      outcome: 'failed',
      response: null,
      error: { code: 'token_unavailable', message: expect.stringMatching(/answered 503/) },
    });
    expect(world.receiver.requests.map(bearerOf)).toEqual(['Bearer late']);
    await down.close();
  });

  it('gets a token by the new settings as soon as they are changed', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, { authentication: oauth2() });
    await world.customer.completes(webhook);
    await world.receiver.waitFor(1);
    const authentication = { ...oauth2(), scope: 'other' };
    await world.customer.api.patch(`/v1/webhooks/${webhook.id}`, { authentication });
    await world.customer.completes(webhook);
    const [before, after] = await world.receiver.waitFor(2);
    expect(bearerOf(after!)).not.toBe(bearerOf(before!));
    expect(endpoint.requests.at(-1)!.body).toContain('scope=other');
  });
});
