import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { SharedWorld } from '../support/index.js';

const RAW_SECRET = 'your-webhook-secret';
const KEY_PAIR =
  'whsk_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB5tVYuj+ZU+UB4sRLoqYunkB+FOuaVvtfg45ELrQSWZA==';

describe('the format of a webhook', () => {
  const world = new SharedWorld();
  const post = (settings: object) =>
    world.customer.api.post('/v1/webhooks', {
      url: world.receiver.url,
      events: ['session.completed'],
      ...settings,
    });
  const patch = (id: string, settings: object) =>
    world.customer.api.patch(`/v1/webhooks/${id}`, settings);
  const secretFile = (id: string) =>
    world.customer.api.get(`/v1/webhooks/${id}/secret`, {
      accept: 'application/vnd.schoolbell.secret+json',
    });
  const pathsOf = (body: { errors?: { path: string }[] }) => body.errors?.map(({ path }) => path);

  it('takes settings of its own, and shows what holds where none is set', async () => {
    const given = { format: 'xapi', authentication: { type: 'none' }, xapi: { style: 'split' } };
    const { body } = await post(given);
    expect(body.xapi).toEqual({ version: '1.0.3', style: 'split', actor: 'account' });
    const changed = await patch(body.id, { xapi: { version: '2.0.0' } });
    expect(changed.body.xapi).toEqual({ version: '2.0.0', style: 'single', actor: 'account' });
    const numbered = await post({ format: 'docebo' });
    expect(numbered.body.docebo).toEqual({ webhookId: expect.any(Number) });
  });

  it.each([
    [
      'a setting that it has not',
      { format: 'cloudevents', cloudevents: { colour: 'red' } },
      'cloudevents.colour',
    ],
    [
      'a value that is none',
      { format: 'cloudevents', cloudevents: { mode: 'both' } },
      'cloudevents.mode',
    ],
    ['the settings of another format', { cloudevents: { mode: 'binary' } }, 'cloudevents'],
    [
      'another signature header where it signs by its own',
      { format: 'standard-webhooks', signature: { header: 'X-Sig' } },
      'signature',
    ],
    [
      'a signature header that means something else',
      { signature: { header: 'Content-Type' } },
      'signature.header',
    ],
    [
      'a signature header that is one of the webhook’s own',
      { signature: { header: 'X-Sig' }, headers: { 'x-sig': '1' } },
      'headers.x-sig',
    ],
    [
      'a way of authentication that its receivers do not know',
      { format: 'scorm-cloud', authentication: { type: 'signature' } },
      'authentication.type',
    ],
    [
      'a form for receivers that get JSON',
      { authentication: { type: 'form', username: 'u', password: 'p' } },
      'authentication.type',
    ],
    [
      'OAuth 2.0 without a client',
      { authentication: { type: 'oauth2', tokenUrl: 'https://id.example/token' } },
      'authentication.clientId',
    ],
    [
      'a private address to fetch tokens from',
      {
        authentication: {
          type: 'oauth2',
          tokenUrl: 'https://10.0.0.1/token',
          clientId: 'c',
          clientSecret: 's',
        },
      },
      'authentication.tokenUrl',
    ],
    [
      'a secret that libraries would read otherwise',
      { format: 'standard-webhooks', secret: RAW_SECRET },
      'secret',
    ],
    ['a key pair that only Standard Webhooks has', { signing: 'ed25519' }, 'signing'],
    ['batches that it has no room for', { delivery: { mode: 'batch' } }, 'delivery.mode'],
    [
      'larger batches than it has room for',
      { format: 'docebo', delivery: { mode: 'batch', maxEvents: 26 } },
      'delivery.maxEvents',
    ],
    [
      'batches that go in the order of their sessions',
      { format: 'docebo', ordering: 'session', delivery: { mode: 'batch' } },
      'ordering',
    ],
  ])('is not registered with %s', async (_what, settings, path) => {
    const { status, body } = await post(settings);
    expect(status).toBe(422);
    expect(pathsOf(body)).toContain(path);
  });

  it('is not registered for events that it cannot carry, and the answer lists those it can', async () => {
    const { status, body } = await post({
      format: 'lms-canonical',
      events: ['session.completed', 'session.launched'],
    });
    expect([status, body.code]).toEqual([422, 'format_cannot_carry']);
    expect(body.errors).toMatchObject([{ path: 'events[1]' }]);
    expect(body.detail).toMatch(/session\.completed, enrollment\.completed/);
  });

  it('that is a narrow one gets of all events those that it carries', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'lms-canonical',
      events: ['*'],
    });
    const { packageId } = webhook;
    await world.customer.reports('session.launched', { packageId });
    await world.customer.completes(webhook);
    await world.customer.deliveryIs(webhook, 'delivered');
    const { body } = await world.customer.api.get(`/v1/webhooks/${webhook.id}/deliveries`);
    expect(body.data).toHaveLength(1);
    const shown = (await world.customer.api.get(`/v1/webhooks/${webhook.id}`)).body;
    expect(shown.events).toEqual(['*']);
    const wider = await patch(webhook.id, { format: 'allureconnect' });
    expect(wider.body.events).toEqual(['*']);
    await world.customer.reports('session.launched', { packageId });
    await world.receiver.waitFor(2);
    await patch(webhook.id, { format: 'lms-canonical' });
    await world.customer.reports('session.launched', { packageId });
    const listed = await world.customer.api.get(`/v1/webhooks/${webhook.id}/deliveries`);
    expect(listed.body.data).toHaveLength(2);
  });

  const forLaunches = () =>
    world.customer.webhook(world.receiver.url, { events: ['session.launched'] });
  const becomesNarrow = (id: string) =>
    patch(id, { format: 'docebo', events: ['session.completed'] });

  it('discards what waited for it and that it cannot carry after a change', async () => {
    const webhook = await forLaunches();
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await world.customer.reports('session.launched', { packageId: webhook.packageId });
    await becomesNarrow(webhook.id);
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    const { discardReason } = await world.customer.deliveryIs(webhook, 'discarded');
    expect(discardReason).toBe('not_carried');
  });

  it('says of what is sent again that it cannot carry it after a change', async () => {
    const webhook = await forLaunches();
    await world.customer.reports('session.launched', { packageId: webhook.packageId });
    const { id } = await world.customer.deliveryIs(webhook, 'delivered');
    await becomesNarrow(webhook.id);
    await world.customer.api.post(`/v1/deliveries/${id}/retry`);
    const { attempts } = await world.customer.deliveryIs(webhook, 'dead');
    expect(attempts.at(-1)).toMatchObject({
      request: { body: null },
      error: { message: expect.stringContaining('cannot carry session.launched') },
    });
  });

  it('does not take events that it has no content for', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'adobe-alm',
      events: ['session.progress'],
    });
    const { packageId } = webhook;
    await world.customer.reports('session.progress', { packageId, completionStatus: 'incomplete' });
    const { id } = await world.customer.deliveryIs(webhook, 'discarded');
    const { body } = await world.customer.api.get(`/v1/deliveries/${id}`);
    expect(body).toMatchObject({ discardReason: 'not_carried', attempts: [] });
  });

  it('can be Standard Webhooks with a key pair, whose public half the webhook shows', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'standard-webhooks',
      signing: 'ed25519',
      secret: KEY_PAIR,
    });
    expect(webhook.secret).toBe(KEY_PAIR);
    const shown = (await world.customer.api.get(`/v1/webhooks/${webhook.id}`)).body;
    expect(shown).toMatchObject({
      signing: 'ed25519',
      publicKey: 'whpk_ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=',
    });
    const file = await secretFile(webhook.id);
    expect(file.body).toMatchObject({
      algorithm: 'Ed25519',
      secret: KEY_PAIR,
      publicKey: shown.publicKey,
    });
    await world.customer.completes(webhook);
    const [request] = await world.receiver.waitFor(1);
    const { headers, rawBody } = request!;
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${rawBody}`;
    const [version, signature] = String(headers['webhook-signature']).split(',');
    expect(version).toBe('v1a');
    const x = Buffer.from(shown.publicKey.slice(5), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature!, 'base64'))).toBe(true);
  });

  it('can change from a shared secret to a key pair; for a day both sign', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'standard-webhooks',
    });
    const { body } = await patch(webhook.id, { signing: 'ed25519' });
    expect(body.publicKey).toMatch(/^whpk_/);
    await world.customer.completes(webhook);
    const [request] = await world.receiver.waitFor(1);
    const headers = request!.headers as Record<string, string>;
    expect(headers['webhook-signature']).toMatch(/^v1a,\S+ v1,\S+$/);
    expect(() => new Webhook(webhook.secret).verify(request!.rawBody, headers)).not.toThrow();
    const { body: secrets } = await world.customer.api.get(`/v1/webhooks/${webhook.id}/secret`);
    expect(secrets).toMatchObject({
      current: expect.stringMatching(/^whsk_/),
      publicKey: body.publicKey,
      previous: webhook.secret,
    });
  });

  it('does not change to one whose receivers could not read the secret', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, { secret: RAW_SECRET });
    const { status, body } = await patch(webhook.id, { format: 'standard-webhooks' });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { path: 'format', message: expect.stringMatching(/rotate/) },
    ]);
  });

  it('signs by the header that the receiver looks for, and the secret comes as a file that says so', async () => {
    const signature = { header: 'X-Docebo-Signature', encoding: 'hex', prefix: '' };
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'docebo',
      secret: RAW_SECRET,
      signature,
    });
    await world.customer.completes(webhook);
    const [request] = await world.receiver.waitFor(1);
    expect(request!.headers['x-docebo-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(request!.headers).not.toHaveProperty('x-hub-signature-256');
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts[0]!.request.headers).toHaveProperty(
      'X-Docebo-Signature',
      request!.headers['x-docebo-signature'],
    );
    const file = await secretFile(webhook.id);
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="${webhook.id}.json"`,
    );
    expect(file.body).toEqual({
      webhookId: webhook.id,
      url: world.receiver.url,
      algorithm: 'HMAC-SHA256',
      header: 'X-Docebo-Signature',
      encoding: 'hex',
      secret: RAW_SECRET,
      createdAt: expect.any(String),
    });
    const { body } = await patch(webhook.id, { signature: null });
    expect(body).not.toHaveProperty('signature');
  });

  it('shows a form in the log without its password', async () => {
    const authentication = { type: 'form', username: 'postback', password: 's3cret' };
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'scorm-cloud',
      authentication,
    });
    await world.customer.completes(webhook);
    const [request] = await world.receiver.waitFor(1);
    expect(new URLSearchParams(request!.body).get('password')).toBe('s3cret');
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts[0]!.request.body).not.toContain('s3cret');
    expect(attempts[0]!.request.body).toContain('postback');
  });

  it('shows what was sent, though its settings have changed meanwhile', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'adobe-alm',
      adobeAlm: { accountId: 1010 },
    });
    await world.customer.completes(webhook);
    const [request] = await world.receiver.waitFor(1);
    expect(request!.body).toContain('"accountId":1010');
    await patch(webhook.id, { adobeAlm: { accountId: 7 } });
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts[0]!.request.body).toBe(request!.body);
  });
});
