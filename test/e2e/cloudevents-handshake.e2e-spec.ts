import { fromTypeId } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { eventually, startReceiver, World, type OwnWebhook, type Reply } from '../support/index.js';

const ORIGIN = 'schoolbell.example';
const PUBLIC_URL = `https://${ORIGIN}:8443/bell`;

/** Dispatchers look for handshakes as often as they sweep, if that is more often than twice a second. */
const world = new World({ dispatchers: 2, env: { PUBLIC_URL, SWEEP_INTERVAL_MS: '50' } });

const CONSENT = { 'WebHook-Allowed-Origin': ORIGIN };
const HANDSHAKE = { format: 'cloudevents', cloudevents: { handshake: true } };

/** Sets the receiver's answer to OPTIONS; deliveries get 200. */
const answersOptions = (reply: Reply, { receiver } = world) =>
  receiver.respondWith(({ method }) => (method === 'OPTIONS' ? reply : 200));
const consents = (headers: Record<string, string> = CONSENT, status = 200) =>
  answersOptions({ status, headers });

const register = (settings: object = {}) =>
  world.customer.webhook(world.receiver.url, { ...HANDSHAKE, ...settings });
const shown = async ({ id }: Pick<OwnWebhook, 'id'>) =>
  (await world.customer.api.get(`/v1/webhooks/${id}`)).body;
const change = async ({ id }: OwnWebhook, changes: object) =>
  (await world.customer.api.patch(`/v1/webhooks/${id}`, changes)).body;
const resume = async ({ id }: OwnWebhook) =>
  (await world.customer.api.post(`/v1/webhooks/${id}/resume`)).body;

const asked = ({ receiver } = world) =>
  receiver.requests.filter(({ method }) => method === 'OPTIONS');
const delivered = ({ receiver } = world) =>
  receiver.requests.filter(({ method }) => method === 'POST');

/** As if it were time to ask again, or the lease of the asking dispatcher had ended. */
const makeDue = ({ id }: Pick<OwnWebhook, 'id'>) =>
  world.schoolbell.database.query(
    'UPDATE handshakes SET due_at = now() WHERE webhook_id = $1 RETURNING 1',
    [fromTypeId('webhook', id)],
  );

const REFUSED = { status: 'paused', pause: { reason: 'handshake' } };

describe('a webhook with a handshake', () => {
  it('is active once its receiver consents, asked by one of two dispatchers, and names us in every delivery', async () => {
    consents({ ...CONSENT, 'WebHook-Allowed-Rate': '600' });
    const webhook = await register({ rateLimit: 2, headers: { 'X-Team': 'lms' } });
    expect(await shown(webhook)).toMatchObject({
      status: 'active',
      pause: null,
      consent: { origin: ORIGIN, requestsPerMinute: 600 },
    });
    const [question, ...others] = asked();
    expect(others).toEqual([]);
    expect(question).toMatchObject({
      path: '/webhooks',
      body: '',
      headers: { 'webhook-request-origin': ORIGIN, 'webhook-request-rate': '120' },
    });
    expect(question!.headers).not.toHaveProperty('x-team');
    await world.customer.completes(webhook);
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(delivered()[0]!.headers['webhook-request-origin']).toBe(ORIGIN);
    expect(attempts[0]!.request.headers).toMatchObject({ 'WebHook-Request-Origin': ORIGIN });
  });

  it('takes * for consent, and no status for a refusal', async () => {
    consents({ 'WebHook-Allowed-Origin': '*', 'WebHook-Allowed-Rate': '*' }, 404);
    expect(await shown(await register())).toMatchObject({
      status: 'active',
      consent: { origin: ORIGIN, requestsPerMinute: null },
    });
  });

  it.each([
    [
      'without the header',
      200,
      {},
      `Have it answer OPTIONS with WebHook-Allowed-Origin: ${ORIGIN}`,
    ],
    ['with another origin', 204, { 'WebHook-Allowed-Origin': 'other.example' }, 'other.example'],
  ])('is paused after an answer %s, whatever the status', async (_what, status, headers, said) => {
    consents(headers, status);
    const webhook = await register();
    const { consent, ...refused } = await shown(webhook);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.pause.lastError).toContain(said);
    expect(consent).toBeUndefined();
  });

  it('gets tests before its receiver consents, and what was held once it does', async () => {
    consents({});
    const webhook = await register();
    await world.customer.completes(webhook);
    const test = await world.customer.api.post(`/v1/webhooks/${webhook.id}/test`);
    expect(test.body.attempt.outcome).toBe('delivered');
    expect(delivered()).toHaveLength(1);
    expect(await resume(webhook)).toMatchObject(REFUSED);
    consents();
    expect(await resume(webhook)).toMatchObject({ status: 'active', pause: null });
    await eventually(() => delivered().length === 2);
  });

  it('asks again at another URL, and is paused when nobody consents there', async () => {
    consents();
    const webhook = await register();
    const elsewhere = await startReceiver();
    expect(await change(webhook, { url: elsewhere.url })).toMatchObject(REFUSED);
    expect(elsewhere.requests).toMatchObject([{ method: 'OPTIONS' }]);
    const back = await change(webhook, { url: world.receiver.url, description: 'back again' });
    expect(back).toMatchObject({ status: 'active', consent: { origin: ORIGIN } });
    await change(webhook, { description: 'not asked for this' });
    expect(asked()).toHaveLength(2);
    await elsewhere.close();
  });

  it('is switched on and off', async () => {
    consents({});
    const webhook = await register({ cloudevents: { handshake: false } });
    expect(asked()).toEqual([]);
    expect(await change(webhook, HANDSHAKE)).toMatchObject(REFUSED);
    expect(await change(webhook, { cloudevents: { handshake: false } })).toMatchObject({
      status: 'active',
      pause: null,
    });
    await world.customer.completes(webhook);
    await world.customer.deliveryIs(webhook, 'delivered');
    expect(delivered()[0]!.headers).not.toHaveProperty('webhook-request-origin');
  });

  it('is sent no more in a minute than its receiver lets through', async () => {
    consents({ ...CONSENT, 'WebHook-Allowed-Rate': '120' });
    const webhook = await register({ rateLimit: 50 });
    await world.customer.completesTimes(webhook, 5);
    const times = await eventually(() => delivered().length === 5 && delivered().map((r) => r.at));
    // Two a second; on a busy machine a request may be delayed on its way.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(1600);
  });
});

describe('a receiver that cannot be asked', () => {
  it('is asked again by itself when it was down', async () => {
    answersOptions('reset');
    const webhook = await register();
    const { pause } = await shown(webhook);
    expect(pause.lastError).toMatch(/could not be asked for its consent/);
    consents();
    expect(await makeDue(webhook)).toHaveLength(1);
    await eventually(async () => (await shown(webhook)).status === 'active');
  });

  it('at an address that is blocked is not connected to', async () => {
    const webhook = await register({ status: 'paused' });
    await world.schoolbell.database.query('UPDATE webhooks SET url = $2 WHERE id = $1', [
      fromTypeId('webhook', webhook.id),
      'https://10.0.0.1/hook',
    ]);
    const refused = await resume(webhook);
    expect(refused).toMatchObject(REFUSED);
    expect(refused.pause.lastError).toMatch(/could not be asked for its consent/);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['is paused by hand', (path: string) => world.customer.api.post(`${path}/pause`)],
    ['is deleted', (path: string) => world.customer.api.delete(path)],
  ])('is not asked again when the webhook %s', async (_what, end) => {
    consents({});
    const webhook = await register();
    await end(`/v1/webhooks/${webhook.id}`);
    await makeDue(webhook);
    await eventually(async () => (await makeDue(webhook)).length === 0);
    expect(asked()).toHaveLength(1);
  });
});

it('a handshake is made again when API and dispatchers were killed in the middle of it', async () => {
  answersOptions('hang');
  const { api, dispatchers, ready } = world.schoolbell;
  const registration = register().catch(() => undefined);
  await eventually(() => asked().length === 1);
  await Promise.all([api, ...dispatchers].map((service) => service.kill()));
  await registration;
  consents();
  for (const service of [api, ...dispatchers]) service.restart();
  await ready();
  const [webhook] = (await world.customer.api.get('/v1/webhooks?limit=1')).body.data;
  expect(webhook).toMatchObject({ ...REFUSED, url: world.receiver.url });
  await makeDue(webhook);
  await eventually(async () => (await shown(webhook)).status === 'active');
  expect(asked()).toHaveLength(2);
});
