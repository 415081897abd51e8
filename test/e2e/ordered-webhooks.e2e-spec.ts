import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  apiClient,
  eventually,
  SharedWorld,
  startReceiver,
  World,
  type OwnWebhook,
  type ReceivedRequest,
} from '../support/index.js';
import { moreDispatchers } from './support/more-dispatchers.js';

const sessionOf = ({ body }: ReceivedRequest): string => /ses_[a-z]+/.exec(body)![0];
const idOf = ({ headers }: ReceivedRequest): string => String(headers['webhook-id']);

describe('a webhook that is ordered by session', () => {
  const world = new SharedWorld();
  beforeAll(() => moreDispatchers(world.schoolbell, 2));
  const accepted = new Map<string, string[]>();
  beforeEach(() => accepted.clear());

  const ordered = (settings: object = {}): Promise<OwnWebhook> =>
    world.customer.webhook(world.receiver.url, {
      ordering: 'session',
      retrySchedule: [1, 1, 1],
      autoPauseAfter: 0,
      ...settings,
    });

  /** One batch with `rounds` events of each session, interleaved. */
  async function report(
    { packageId }: OwnWebhook,
    sessions: string[],
    rounds: number,
  ): Promise<void> {
    const runtime = apiClient(world.schoolbell.apiUrl, world.schoolbell.platformKey, {
      'x-tenant-id': world.schoolbell.tenantId,
    });
    const sequence = Array.from({ length: rounds }, () => sessions).flat();
    const events = sequence.map((sessionId) => ({
      type: 'session.completed',
      data: { sessionId, packageId, learnerId: 'lrn_1', completionStatus: 'completed' },
    }));
    const { status, body } = await runtime.post('/v1/events/batch', { events });
    expect(status).toBe(202);
    for (const [index, sessionId] of sequence.entries()) {
      accepted.set(sessionId, [...(accepted.get(sessionId) ?? []), body.data[index].id]);
    }
  }

  const arrivedOf = (session: string): string[] =>
    world.receiver.requests.filter((request) => sessionOf(request) === session).map(idOf);

  it('gets the events of each session in the order of their acceptance, from three dispatchers', async () => {
    const webhook = await ordered();
    const sessions = ['ses_a', 'ses_b', 'ses_c', 'ses_d', 'ses_e'];
    world.receiver.respondWith(() => ({ status: 200, delayMs: Math.random() * 20 }));
    await report(webhook, sessions, 6);
    await report(webhook, sessions, 6);
    await world.receiver.waitFor(60, 15_000);
    for (const session of sessions) expect(arrivedOf(session)).toEqual(accepted.get(session));
  });

  it('waits with those behind one that fails, of its session only, and goes on in order', async () => {
    const webhook = await ordered();
    let refusals = 2;
    world.receiver.respondWith((request) =>
      sessionOf(request) === 'ses_a' && refusals-- > 0 ? 500 : 200,
    );
    await report(webhook, ['ses_a', 'ses_b'], 4);
    await eventually(() => arrivedOf('ses_b').length === 4);
    expect(arrivedOf('ses_a').length).toBeLessThan(4);
    const [first, ...others] = accepted.get('ses_a')!;
    await eventually(() => arrivedOf('ses_a').length === 6, { timeoutMs: 15_000 });
    expect(arrivedOf('ses_a')).toEqual([first, first, first, ...others]);
    expect(arrivedOf('ses_b')).toEqual(accepted.get('ses_b'));
  });

  it('goes on behind one that is dead, which goes at once when it is retried by hand and nothing waits', async () => {
    const webhook = await ordered({ retrySchedule: [1] });
    const blocked = new Set<string>();
    world.receiver.respondWith((request) => (blocked.has(idOf(request)) ? 500 : 200));
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await report(webhook, ['ses_a'], 3);
    const [first, second, third] = accepted.get('ses_a')!;
    blocked.add(first!);
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await eventually(() => arrivedOf('ses_a').length === 4, { timeoutMs: 15_000 });
    expect(arrivedOf('ses_a')).toEqual([first, first, second, third]);

    const { body } = await world.customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`);
    blocked.clear();
    await world.customer.api.post(`/v1/deliveries/${body.data[0].id}/retry`);
    await eventually(() => arrivedOf('ses_a').at(4) === first);
  });
});

describe('while one dispatcher takes over from another', () => {
  const world = new World({ env: { SWEEP_INTERVAL_MS: '60000' } });

  it('the next of a session goes as soon as the last attempt of the one that stops has ended', async () => {
    const { schoolbell, customer, receiver } = world;
    const webhook = await customer.webhook(receiver.url, { ordering: 'session' });
    const other = await startReceiver();
    onTestFinished(() => other.close());
    const runtime = apiClient(schoolbell.apiUrl, schoolbell.platformKey, {
      'x-tenant-id': schoolbell.tenantId,
    });
    const { packageId } = webhook;
    const data = {
      sessionId: 'ses_a',
      packageId,
      learnerId: 'lrn_1',
      completionStatus: 'completed',
    };
    const event = { type: 'session.completed', data };
    receiver.respondWith({ status: 200, delayMs: 5000 });
    await runtime.post('/v1/events/batch', { events: [event, event] });
    await receiver.waitFor(1);

    const [stopping] = schoolbell.dispatchers;
    schoolbell.addDispatcher();
    const stopped = stopping!.term();
    await eventually(() => stopping!.logs.includes('"stopping"'));
    // Only the new dispatcher can send this, so it has looked for work by then.
    await customer.completes(await customer.webhook(other.url));
    await other.waitFor(1, 15_000);
    await receiver.waitFor(2, 15_000);
    expect(await stopped).toBe(0);
  });
});
