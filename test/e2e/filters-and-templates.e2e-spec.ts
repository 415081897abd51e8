import { describe, expect, it } from 'vitest';
import { eventually, SharedWorld, type OwnWebhook } from '../support/index.js';

/** A single pattern that takes very many steps: JSONata's own timeout does not stop it. */
const HOSTILE = '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)';

describe('a webhook', () => {
  const world = new SharedWorld();
  const register = (settings: object): Promise<OwnWebhook> =>
    world.customer.webhook(world.receiver.url, settings as Record<string, unknown>);
  const shown = async ({ id }: OwnWebhook) =>
    (await world.customer.api.get(`/v1/webhooks/${id}`)).body;
  const registered = (settings: object) =>
    world.customer.api.post('/v1/webhooks', {
      url: world.receiver.url,
      events: ['session.completed', 'session.launched'],
      ...settings,
    });

  describe('with a filter', () => {
    it('gets the events that it wants; the others are discarded as filtered, without an attempt', async () => {
      const webhook = await register({ filter: 'data.learnerId = "lrn_1"' });
      await world.customer.completes(webhook);
      await world.customer.deliveryIs(webhook, 'delivered');
      const filter = 'data.learnerId = "somebody else"';
      const { body } = await world.customer.api.patch(`/v1/webhooks/${webhook.id}`, { filter });
      expect(body.examples).toEqual([{ type: 'session.completed', wanted: false }]);
      await world.customer.completes(webhook);
      const unwanted = await eventually(async () => {
        const { body: list } = await world.customer.api.get(
          `/v1/webhooks/${webhook.id}/deliveries?status=discarded`,
        );
        expect(list.data).toHaveLength(1);
        return list.data[0];
      });
      expect(unwanted).toMatchObject({ attemptCount: 0, discardReason: 'filtered' });
      expect(world.receiver.requests).toHaveLength(1);
    });

    it('gets the event when the filter fails, and shows why', async () => {
      const webhook = await register({ filter: 'data.learnerId > 5' });
      const eventId = await world.customer.completes(webhook);
      await world.customer.deliveryIs(webhook, 'delivered');
      expect((await shown(webhook)).filterError).toMatchObject({ code: 'evaluation', eventId });
      await world.customer.api.patch(`/v1/webhooks/${webhook.id}`, { filter: null });
      expect(await shown(webhook)).toMatchObject({ filter: null, filterError: null });
    });

    it('holds up no other webhook when it never comes to an end', async () => {
      const hostile = await register({ filter: HOSTILE });
      const plain = await register({});
      await world.customer.completes(hostile);
      await world.customer.completes(plain);
      await world.customer.deliveryIs(plain, 'delivered');
      await world.customer.deliveryIs(hostile, 'delivered');
      expect((await shown(hostile)).filterError).toMatchObject({ code: 'deadline' });
    });

    it('lets an ordered session go on past the events that are filtered', async () => {
      const filter = '$random() >= 0';
      const webhook = await register({ ordering: 'session', filter });
      await world.customer.api.patch(`/v1/webhooks/${webhook.id}`, { filter: 'false' });
      await world.customer.completes(webhook);
      await eventually(async () => {
        const { body } = await world.customer.api.get(`/v1/webhooks/${webhook.id}/deliveries`);
        expect(body.data).toMatchObject([{ status: 'discarded' }]);
      });
    });

    it('is told where an expression cannot be read', async () => {
      const { status, body } = await registered({ filter: 'data.(' });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ path: 'filter' }]);
    });
  });

  describe('with a template', () => {
    const template =
      '{"who": data.learnerId, "hook": webhook.metadata.team, "n": delivery.attempt}';
    const custom = { format: 'custom', template, metadata: { team: 'sales' } };

    it('gets what the template makes, signed, and the log shows it', async () => {
      const webhook = await register(custom);
      await world.customer.completes(webhook);
      const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
      const [request] = await world.receiver.waitFor(1);
      expect(request!.body).toBe('{"who":"lrn_1","hook":"sales","n":1}');
      expect(request!.headers).toHaveProperty('x-allureconnect-signature');
      expect(attempts[0]!.request.body).toBe(request!.body);
    });

    it('gets the same body again when it is repeated, though the template has changed meanwhile', async () => {
      const webhook = await register({ ...custom, retrySchedule: [1] });
      let changed = Promise.resolve<unknown>(undefined);
      world.receiver.respondWith(({ body }) => {
        if (world.receiver.requests.length > 1) return 200;
        changed = world.customer.api.patch(`/v1/webhooks/${webhook.id}`, { template: '"other"' });
        return body ? 500 : 400;
      });
      await world.customer.completes(webhook);
      await world.customer.deliveryIs(webhook, 'delivered');
      await changed;
      const [first, second] = world.receiver.requests;
      expect(second!.body).toBe(first!.body);
      expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    });

    it('sees what it makes of the example of each event type', async () => {
      const { status, body } = await registered({ ...custom, filter: 'type = "session.launched"' });
      expect(status).toBe(201);
      expect(body.examples).toEqual([
        { type: 'session.completed', wanted: false },
        { type: 'session.launched', wanted: true, body: expect.stringContaining('"sales"') },
      ]);
    });

    it('gets a dead letter that says what is wrong when the template gives nothing', async () => {
      const webhook = await register({ format: 'custom', template: 'data.nothingOfTheKind' });
      await world.customer.completes(webhook);
      const { attempts } = await world.customer.deliveryIs(webhook, 'dead');
      expect(attempts[0]!.error).toMatchObject({
        code: 'unsendable',
        message: expect.stringMatching(/template/),
      });
      const repaired = { template: 'data.learnerId' };
      await world.customer.api.patch(`/v1/webhooks/${webhook.id}`, repaired);
      const { id } = await world.customer.delivery(webhook);
      await world.customer.api.post(`/v1/deliveries/${id}/retry`);
      await world.customer.deliveryIs(webhook, 'delivered');
      expect(world.receiver.requests.at(-1)!.body).toBe('lrn_1');
    });

    it.each([
      ['without one', { format: 'custom' }],
      ['in a format that has no use for one', { template }],
      ['that cannot be read', { format: 'custom', template: '{"a": ' }],
    ])('is refused %s', async (_what, settings) => {
      const { status, body } = await registered(settings);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ path: 'template' }]);
    });

    it('can take a ready one', async () => {
      const { body } = await world.customer.api.get('/v1/templates');
      const slack = body.data.find(({ name }: { name: string }) => name === 'slack');
      const webhook = await register({ format: 'custom', template: slack.expression });
      await world.customer.completes(webhook);
      const [request] = await world.receiver.waitFor(1);
      expect(JSON.parse(request!.body)).toMatchObject({
        text: expect.any(String),
        blocks: expect.any(Array),
      });
    });
  });
});
