import { fromTypeId } from '@schoolbell/ids';
import { standardWebhooksSignature } from '@schoolbell/signing';
import { describe, expect, it } from 'vitest';
import { eventually, logsOfShared, type OwnWebhook, SharedWorld } from '../support/index.js';

const SETTINGS = {
  authentication: { type: 'bearer', token: 'token-1' },
  headers: { 'X-Token': 'hush' },
  autoPauseAfter: 0,
};
const COLUMNS = ['secret', 'authentication', 'headers'];

const world = new SharedWorld();

describe('a webhook whose stored secrets are damaged', () => {
  async function damage({ id }: OwnWebhook, columns: readonly string[]): Promise<void> {
    const cut = columns.map((column) => `${column} = left(${column}, -8)`).join();
    await world.schoolbell.database.query(
      `UPDATE webhooks SET ${cut}, version = version + 1 WHERE id = $1`,
      [fromTypeId('webhook', id)],
    );
  }

  it('is shown without what cannot be read, and hides no other', async () => {
    const { customer, receiver } = world;
    const whole = await customer.webhook(receiver.url, SETTINGS);
    const damaged = await customer.webhook(receiver.url, SETTINGS);
    await damage(damaged, COLUMNS);

    const path = `/v1/webhooks/${damaged.id}`;
    const shown = { id: damaged.id, url: receiver.url, authentication: null, headers: null };
    expect((await customer.api.get(path)).body).toMatchObject(shown);
    expect((await customer.api.get('/v1/webhooks')).body.data).toMatchObject([
      shown,
      { id: whole.id, authentication: { type: 'bearer' }, headers: { 'X-Token': '[redacted]' } },
    ]);
    expect((await customer.api.get(`${path}/secret`)).body).toEqual({ current: null });
    const said = `The stored secrets of ${damaged.id} cannot be read`;
    await eventually(async () => (await logsOfShared()).includes(said));
  });

  it('can be changed, paused and resumed, but keeps no value behind a mask', async () => {
    const { customer, receiver } = world;
    const damaged = await customer.webhook(receiver.url, SETTINGS);
    await damage(damaged, COLUMNS);
    const path = `/v1/webhooks/${damaged.id}`;
    const answers = [
      await customer.api.patch(path, { description: 'renamed' }),
      await customer.api.post(`${path}/pause`),
      await customer.api.post(`${path}/resume`),
      await customer.api.patch(path, { headers: { 'X-Token': '[redacted]' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 422]);
    expect((await customer.api.get(path)).body).toMatchObject({
      description: 'renamed',
      headers: null,
    });
  });

  it('sends again what died once they are set again', async () => {
    const { customer, receiver } = world;
    const webhook = await customer.webhook(receiver.url, SETTINGS);
    await damage(webhook, COLUMNS);
    await customer.completes(webhook);
    const { id, attempts } = await customer.deliveryIs(webhook, 'dead');
    expect(attempts).toMatchObject([{ error: { code: 'unsendable' } }]);

    const path = `/v1/webhooks/${webhook.id}`;
    const authentication = { type: 'bearer', token: 'token-2', sign: true };
    const changed = await customer.api.patch(path, { authentication, headers: { 'X-Team': 'b' } });
    expect(changed.body).toMatchObject({
      authentication: { type: 'bearer', sign: true },
      headers: { 'X-Team': 'b' },
    });
    const { current, ...rest } = (await customer.api.post(`${path}/secret/rotate`)).body;
    expect(rest).toEqual({});

    await customer.api.post(`/v1/deliveries/${id}/retry`);
    await customer.deliveryIs(webhook, 'delivered');
    const [{ headers, rawBody }] = receiver.requests as [(typeof receiver.requests)[0]];
    expect(headers).toMatchObject({ authorization: 'Bearer token-2', 'x-team': 'b' });
    const message = {
      id: headers['webhook-id'] as string,
      timestamp: Number(headers['webhook-timestamp']),
      body: rawBody,
    };
    expect(headers['webhook-signature']).toBe(standardWebhooksSignature(message, [current]));
  });

  it('gets rid of a damaged previous secret with the next rotation', async () => {
    const { customer, receiver } = world;
    const webhook = await customer.webhook(receiver.url);
    const path = `/v1/webhooks/${webhook.id}/secret`;
    const { current } = (await customer.api.post(`${path}/rotate`)).body;
    await damage(webhook, ['previous_secret']);
    const secrets = (await customer.api.get(path)).body;
    expect(secrets).toEqual({ current, previous: null, previousExpiresAt: expect.any(String) });

    const rotated = (await customer.api.post(`${path}/rotate`)).body;
    expect(rotated).toMatchObject({ previous: current });
    await customer.completes(webhook);
    await customer.deliveryIs(webhook, 'delivered');
  });
});

describe('a webhook whose stored format this version does not know', () => {
  it('is changed and tested like others: the test says what is wrong', async () => {
    const { customer, receiver, schoolbell } = world;
    const webhook = await customer.webhook(receiver.url);
    await schoolbell.database.query(
      `UPDATE webhooks SET format = 'of-another-version', version = version + 1 WHERE id = $1`,
      [fromTypeId('webhook', webhook.id)],
    );
    const path = `/v1/webhooks/${webhook.id}`;
    const changed = await customer.api.patch(path, { events: ['*'] });
    expect(changed.body).toMatchObject({ events: ['*'], format: 'of-another-version' });
    const tested = await customer.api.post(`${path}/test`);
    expect(tested.body.attempt).toMatchObject({
      outcome: 'failed',
      error: { code: 'unsendable' },
    });
    expect((await customer.api.patch(path, { format: 'allureconnect' })).status).toBe(200);
    expect((await customer.api.post(`${path}/test`)).body.attempt.outcome).toBe('delivered');
  });
});
