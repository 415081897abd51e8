import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  certificateFor,
  eventually,
  startForwardProxy,
  startReceiver,
  World,
  type Certificate,
  type ForwardProxy,
} from '../support/index.js';

const PASSWORD = 'hunter2-hunter2';
const env: Record<string, string> = {};
/** Time for another dispatcher to start, on a shared machine. */
const STARTS_WITHIN = { timeoutMs: 30_000 };

let proxy: ForwardProxy;
beforeAll(async () => {
  proxy = await startForwardProxy();
  env.EGRESS_PROXY = proxy.url.replace('://', `://bell:${PASSWORD}@`);
  return () => proxy.close();
});
beforeEach(() => proxy.answersWith(null));

const world = new World({ env });
const authorities = () => proxy.tunnels.map(({ authority }) => authority);

describe('with EGRESS_PROXY', () => {
  it('deliveries, tests, fallbacks, tokens and handshakes all go through the proxy', async () => {
    const { customer, receiver } = world;
    const [fallback, tokens] = [await startReceiver(), await startReceiver()];
    receiver.respondWith(({ method }) => (method === 'OPTIONS' ? CONSENT : 500));
    tokens.respondWith({ status: 200, body: '{"access_token":"t","expires_in":3600}' });
    const webhook = await customer.webhook(receiver.url, {
      format: 'cloudevents',
      cloudevents: { handshake: true },
      authentication: {
        type: 'oauth2',
        tokenUrl: tokens.url,
        clientId: 'c',
        clientSecret: 's',
      },
      retrySchedule: [1],
      fallbackUrl: fallback.url,
    });
    expect(await customer.status(webhook)).toMatchObject({ status: 'active' });
    await customer.api.post(`/v1/webhooks/${webhook.id}/test`, {});
    await customer.completes(webhook);
    await fallback.waitFor(1);
    for (const { port } of [receiver, fallback, tokens]) {
      expect(authorities()).toContain(`127.0.0.1:${port}`);
    }
    // As many as the receiver saw: nothing bypassed the proxy.
    const methods = receiver.requests.map(({ method }) => method);
    expect(methods).toEqual(['OPTIONS', 'POST', 'POST', 'POST']);
    await Promise.all([fallback.close(), tokens.close()]);
  });

  it('a failure of the proxy pauses nobody and uses up no retry, and its details are for the operator alone', async () => {
    const { customer, receiver, schoolbell } = world;
    proxy.answersWith(503);
    const webhook = await customer.webhook(receiver.url, {
      autoPauseAfter: 1,
      retrySchedule: [86_400],
    });
    await customer.completes(webhook);
    await eventually(async () => expect((await customer.delivery(webhook)).attemptCount).toBe(1));
    expect(await customer.status(webhook)).toMatchObject({
      status: 'active',
      consecutiveFailures: 0,
    });
    proxy.answersWith(null);
    const { attempts } = await customer.deliveryIs(webhook, 'delivered', 15_000);
    expect(attempts[0]!).toMatchObject({ outcome: 'failed', error: { code: 'network' } });
    expect(JSON.stringify(attempts)).not.toMatch(/proxy|CONNECT|answered 503/);
    const logs = schoolbell.dispatchers.map((dispatcher) => dispatcher.logs).join('');
    expect(logs).toContain('the proxy answered 503 to CONNECT');
    expect(logs).not.toContain(PASSWORD);
    expect(logs).not.toContain(Buffer.from(`bell:${PASSWORD}`).toString('base64'));
  });
});

/** Allows everybody any rate. */
const CONSENT = {
  status: 200,
  headers: { 'webhook-allowed-origin': '*', 'webhook-allowed-rate': '*' },
};

describe('a webhook with a client certificate and a CA of its own', () => {
  let own: Certificate;
  let other: Certificate;
  let receiver: MutualReceiver;
  beforeAll(async () => {
    [own, other] = [await certificateFor('own'), await certificateFor('other')];
    receiver = await startMutualReceiver([own, other]);
    return () => receiver.server.close();
  });
  beforeEach(() => void receiver.seen.splice(0));

  const clientOf = ({ cert, private: key }: Certificate) => ({ certificate: cert, key });
  const settings = (client = own) => ({
    ca: receiver.certificate.cert,
    clientCertificate: clientOf(client),
  });

  it('shows the certificate to its receiver, for nobody else, and the key to nobody', async () => {
    const { customer } = world;
    const webhooks = [
      await customer.webhook(receiver.url, settings()),
      await customer.webhook(receiver.url, settings(other)),
    ];
    for (let round = 0; round < 2; round++) {
      for (const webhook of webhooks) await customer.completes(webhook);
      await eventually(async () => expect(receiver.seen).toHaveLength(2 * (round + 1)));
    }
    expect(receiver.seen.toSorted()).toEqual(['other', 'other', 'own', 'own']);
    const { body } = await customer.api.get(`/v1/webhooks/${webhooks[0]!.id}`);
    expect(body).toMatchObject({
      ca: receiver.certificate.cert.trim(),
      clientCertificate: {
        certificate: own.cert.trim(),
        subject: 'CN=own',
        expiresAt: expect.stringMatching(/Z$/),
      },
    });
    expect(JSON.stringify(body)).not.toContain('PRIVATE KEY');
  });

  it('keeps both through other changes, and loses them by null', async () => {
    const { customer } = world;
    const webhook = await customer.webhook(receiver.url, settings());
    const path = `/v1/webhooks/${webhook.id}`;
    const changed = await customer.api.patch(path, { timeoutSeconds: 5 });
    expect(changed.body.clientCertificate).toMatchObject({ subject: 'CN=own' });
    const test = async () => (await customer.api.post(`${path}/test`, {})).body.attempt;
    expect(await test()).toMatchObject({ outcome: 'delivered' });
    const without = await customer.api.patch(path, { ca: null, clientCertificate: null });
    expect(without.body).toMatchObject({ ca: null, clientCertificate: null });
    expect(await test()).toMatchObject({ error: { code: 'tls' } });
  });

  it('is refused with a sentence when they cannot be used, and nothing of the key is said', async () => {
    const { customer } = world;
    const post = (given: object) =>
      customer.api.post('/v1/webhooks', { url: receiver.url, events: ['*'], ...given });
    const key = other.private;
    const mixed = await post({ clientCertificate: { certificate: own.cert, key } });
    expect([mixed.status, mixed.body.errors]).toEqual([
      422,
      [
        {
          path: 'clientCertificate.key',
          message: 'must be the key of the first certificate',
        },
      ],
    ]);
    expect((await post({ ca: 'hello' })).body.errors).toMatchObject([{ path: 'ca' }]);
    for (const wrong of [
      { clientCertificate: { certificate: own.cert } },
      { clientCertificate: { ...clientOf(own), passphrase: 'x' } },
      { clientCertificate: { ...clientOf(own), key: 'k'.repeat(10_000) } },
      { ca: 'c'.repeat(40_000) },
    ]) {
      expect((await post(wrong)).status).toBe(422);
    }
    expect(world.schoolbell.api.logs).not.toContain(key.slice(40, 80));
  });

  it('is warned of by e-mail before the certificate ends', async () => {
    const { customer, schoolbell } = world;
    await customer.gets({ notificationEmails: ['owner@example.com'] });
    const notAfterDate = new Date(Date.now() + 5.5 * 86_400_000);
    const clientCertificate = clientOf(await certificateFor('ending', { notAfterDate }));
    await customer.webhook(receiver.url, { clientCertificate, description: 'Grades' });
    const dispatcher = schoolbell.addDispatcher();
    await eventually(async () => {
      const { body } = await customer.api.get('/v1/mails');
      expect(body.data).toMatchObject([
        {
          kind: 'webhook.certificate_expiring',
          to: 'owner@example.com',
          subject: 'Client certificate expires in 5 days: Grades',
        },
      ]);
    }, STARTS_WITHIN);
    await dispatcher.term();
  });
});

interface MutualReceiver {
  url: string;
  server: Server;
  /** The receiver's own certificate. */
  certificate: Certificate;
  /** The names in the senders' certificates. */
  seen: string[];
}

/** Accepts requests of senders whose certificate it knows. */
async function startMutualReceiver(known: readonly Certificate[]): Promise<MutualReceiver> {
  const certificate = await certificateFor('localhost');
  const seen: string[] = [];
  const server = createServer(
    {
      key: certificate.private,
      cert: certificate.cert,
      ca: known.map(({ cert }) => cert),
      requestCert: true,
    },
    (request, response) => {
      seen.push((request.socket as TLSSocket).getPeerCertificate().subject.CN as string);
      response.end();
    },
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}/hook`, server, certificate, seen };
}
