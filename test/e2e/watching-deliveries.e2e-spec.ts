import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  eventually,
  type Schoolbell,
  seedKey,
  seedTenant,
  SharedWorld,
  startSchoolbell,
} from '../support/index.js';
import { addPerson, Browser } from './support/people.js';
import { startAnotherApi } from './support/start-api.js';
import { startDeafProxy } from './support/start-deaf-proxy.js';
import { watchStream, type WatchedStream } from './support/watch-stream.js';

const world = new SharedWorld();
const open: WatchedStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

interface HowToWatch {
  query?: string;
  url?: string;
  key?: string;
  lastEventId?: string | undefined;
}

async function watch({ query = '', url, key, lastEventId }: HowToWatch = {}) {
  const { apiUrl, tenantKey } = world.schoolbell;
  const stream = await watchStream(`${url ?? apiUrl}/v1/stream/deliveries?${query}`, {
    authorization: `Bearer ${key ?? tenantKey}`,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  });
  open.push(stream);
  return stream;
}

const statesOf = (stream: WatchedStream, webhookId: string): string[] =>
  stream
    .of('delivery')
    .filter((row) => row.webhookId === webhookId)
    .map(({ status }) => status);

const cursorOf = (at: number): string => Buffer.from(`v1.${at}`).toString('base64url');

describe('a stream of deliveries', () => {
  it('shows each delivery as the list does, soon after it changed', async () => {
    const stream = await watch({ query: 'expand=event' });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const webhook = await world.customer.webhook(world.receiver.url);
    await world.customer.completes(webhook);
    await eventually(() => statesOf(stream, webhook.id).includes('delivered'));
    const row = stream.of('delivery').at(-1);
    const { body } = await world.customer.api.get(
      `/v1/deliveries?webhookId=${webhook.id}&expand=event`,
    );
    expect(row).toEqual(body.data[0]);
    expect(row.event.packageId).toBe(webhook.packageId);
    const shown = { id: webhook.id, status: 'active', pause: null };
    await eventually(() => expect(stream.of('webhook')).toContainEqual(shown));
  });

  it('shows only what its filters match, and nothing of another tenant', async () => {
    const { schoolbell, customer, receiver } = world;
    const [one, other] = [
      await customer.webhook(receiver.url),
      await customer.webhook(receiver.url),
    ];
    const stranger = await seedTenant(schoolbell.database);
    const ofWebhook = await watch({ query: `webhookId=${one.id}` });
    const ofDead = await watch({ query: 'status=dead' });
    const ofPackage = await watch({ query: `q=${one.packageId}` });
    const ofOthers = await watch({ key: stranger.tenantKey });
    const ofAll = await watch();
    await customer.completes(other);
    await customer.completes(one);
    await eventually(
      () =>
        statesOf(ofAll, one.id).includes('delivered') &&
        statesOf(ofAll, other.id).includes('delivered') &&
        statesOf(ofWebhook, one.id).includes('delivered') &&
        statesOf(ofPackage, one.id).includes('delivered'),
    );
    expect(statesOf(ofWebhook, other.id)).toEqual([]);
    expect(statesOf(ofPackage, other.id)).toEqual([]);
    expect([...ofDead.of('delivery'), ...ofOthers.messages]).toEqual([]);
  });

  it('tells of webhooks that are paused, of what is sent again by hand, and of operations', async () => {
    const { customer, receiver } = world;
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1], autoPauseAfter: 0 });
    receiver.respondWith({ status: 500 });
    const stream = await watch({ query: `webhookId=${webhook.id}` });
    await customer.completes(webhook);
    await eventually(() => statesOf(stream, webhook.id).includes('dead'));
    receiver.respondWith({ status: 200 });
    const [dead] = stream.of('delivery').slice(-1);
    await customer.api.post(`/v1/deliveries/${dead.id}/retry`);
    await eventually(() => statesOf(stream, webhook.id).at(-1) === 'delivered');

    await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await eventually(() => stream.of('webhook').some(({ status }) => status === 'paused'));
    await customer.completes(webhook);
    await eventually(() => statesOf(stream, webhook.id).at(-1) === 'held');
    const { body } = await customer.api.post('/v1/dead-letters/retry', { webhookId: webhook.id });
    await eventually(() => stream.of('operation').some(({ id }) => id === body.id));
    await customer.api.delete(`/v1/webhooks/${webhook.id}`);
    await eventually(() => stream.of('webhook').at(-1)?.status === 'deleted');
  });

  it('tells at most 20 deliveries a second one by one, and sums up the others', async () => {
    const webhook = await world.customer.webhook(world.receiver.url);
    const stream = await watch({ query: `webhookId=${webhook.id}` });
    const count = 200;
    const data = {
      packageId: webhook.packageId,
      learnerId: 'lrn_1',
      completionStatus: 'completed',
    };
    const events = Array.from({ length: count }, (_, number) => ({
      type: 'session.completed',
      data: { ...data, sessionId: `ses_${number}` },
    }));
    const began = Date.now();
    await world.customer.api.post('/v1/events/batch', { events });
    const summed = (kind: string): number =>
      stream.of('summary').reduce((sum, summary) => sum + summary.byWebhook[webhook.id][kind], 0);
    const shown = new Set<string>();
    await eventually(
      () => {
        for (const { id } of stream.of('delivery')) shown.add(id);
        return summed('created') + shown.size >= count && summed('delivered') > 0;
      },
      { timeoutMs: 20_000 },
    );
    const seconds = Math.ceil((Date.now() - began) / 1_000) + 1;
    expect(stream.of('delivery').length).toBeLessThanOrEqual(20 * seconds);
    expect(stream.of('summary')[0]).toMatchObject({ from: expect.any(String), dead: 0 });
  });

  it('says to ask the list again after a minute, and to whoever brings a cursor of nobody', async () => {
    for (const lastEventId of [cursorOf(Date.now() - 65_000), 'nonsense']) {
      const stream = await watch({ lastEventId });
      await eventually(() => stream.messages.length > 0);
      expect(stream.messages.map(({ event }) => event)).toEqual(['reset']);
      expect(stream.lastEventId()).toBeDefined();
    }
  });

  it('is refused to a key with too many of them, until it closes one', async () => {
    const { tenantUuid, database } = world.schoolbell;
    const key = await seedKey(database, { tenantUuid });
    const streams = await Promise.all(Array.from({ length: 20 }, () => watch({ key })));
    expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const refused = await watch({ key });
    expect([refused.status, refused.of('problem')[0].code]).toEqual([429, 'too_many_streams']);
    streams[0]!.close();
    await eventually(async () => (await watch({ key })).status === 200);
  });

  it('ends when whoever watches signs out, as in another tab', async () => {
    const { apiUrl, database, tenantUuid } = world.schoolbell;
    const person = await addPerson({ database }, { tenantUuid, role: 'viewer' });
    const browser = new Browser(apiUrl);
    await browser.signIn(person);
    const stream = await watch({ key: browser.accessToken! });
    expect([stream.status, stream.hasEnded]).toEqual([200, false]);
    await browser.signOut();
    await eventually(() => stream.hasEnded);
  });

  it('ends when its key is revoked', async () => {
    const { customer } = world;
    const { body } = await customer.api.post('/v1/api-keys', {
      name: 'for a while',
      permissions: ['deliveries:read'],
    });
    const stream = await watch({ key: body.key });
    expect(stream.hasEnded).toBe(false);
    await customer.api.delete(`/v1/api-keys/${body.id}`);
    await eventually(() => stream.hasEnded);
    expect((await watch({ key: body.key })).status).toBe(401);
  });
});

describe('a stream of deliveries that breaks off', () => {
  /** An API of its own, which may be stopped. */
  let other: Schoolbell;
  beforeAll(async () => {
    const { database, encryptionKey } = world.schoolbell;
    const env = { ENCRYPTION_KEY: encryptionKey.toString('base64') };
    other = await startSchoolbell({ database, env, dispatchers: 0 });
    return () => other.stop();
  });

  it('goes on at another process when its own is killed, and misses nothing', async () => {
    const { customer, receiver } = world;
    const webhook = await customer.webhook(receiver.url);
    const stream = await watch({ url: other.apiUrl });
    await customer.completes(webhook);
    await eventually(() => statesOf(stream, webhook.id).includes('delivered'));
    await other.api.kill();
    await eventually(() => stream.hasEnded);
    const lastEventId = stream.lastEventId();

    const eventId = await customer.completes(webhook);
    await eventually(() => receiver.requests.length >= 2);
    await sleep(300);
    const resumed = await watch({ lastEventId });
    await eventually(() =>
      resumed.of('delivery').some((row) => row.eventId === eventId && row.status === 'delivered'),
    );
    expect(resumed.of('reset')).toEqual([]);
  });

  it('is ended by SIGTERM, which it does not hold up', async () => {
    if (!other.api.alive) other.api.restart();
    await other.ready();
    const stream = await watch({ url: other.apiUrl });
    const began = Date.now();
    expect(await other.api.term()).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    await eventually(() => stream.hasEnded);
  });
});

describe('a stream of deliveries behind a pooler that passes on no notifications', () => {
  it('is as true, a second later', async () => {
    const { schoolbell, receiver } = world;
    const { hostname, port } = new URL(schoolbell.database.url);
    const proxy = await startDeafProxy({ host: hostname, port: Number(port) });
    const through = new URL(schoolbell.database.url);
    through.host = `127.0.0.1:${proxy.port}`;
    onTestFinished(() => proxy.close());
    const deaf = { ...schoolbell, database: { ...schoolbell.database, url: through.href } };
    const { url, stop } = await startAnotherApi(deaf);
    onTestFinished(stop);
    const webhook = await world.customer.webhook(receiver.url);
    const stream = await watch({ url });
    // Longer than it takes to notice that no announcements arrive.
    await sleep(2_500);
    await world.customer.completes(webhook);
    await eventually(() => statesOf(stream, webhook.id).includes('delivered'), {
      timeoutMs: 4_000,
    });
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await eventually(() => stream.of('webhook').some(({ status }) => status === 'paused'), {
      timeoutMs: 4_000,
    });
  });
});
