import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startForwardProxy, type ForwardProxy } from '../../support/start-forward-proxy.js';
import { certificateFor, type Certificate } from '../../support/certificates.js';
import { resolvConf, startNameServer, type Reply } from './name-server.js';
import {
  answered,
  closeAll,
  closeLater,
  failed,
  httpReceiver,
  httpsReceiver,
  rawReceiver,
  send,
  senderWith,
} from './receivers.js';

const OURS = { code: 'network', ours: true, outsideSchedule: true };
const NEW = { newConnection: true };

let certificate: Certificate;
beforeAll(async () => {
  certificate = await certificateFor('localhost');
});
afterEach(closeAll);

const startProxy = async (...tls: Parameters<typeof startForwardProxy>): Promise<ForwardProxy> =>
  closeLater(await startForwardProxy(...tls));
const receiverHere = () => httpReceiver((_request, response) => response.end('ok'));
const secureReceiver = () =>
  httpsReceiver({ key: certificate.private, cert: certificate.cert }, (_request, response) =>
    response.end('ok'),
  );
const authoritiesOf = ({ tunnels }: ForwardProxy) => tunnels.map(({ authority }) => authority);

/** Name servers that give every name the same answer. */
const namesAre = async (answer: Reply) =>
  (await resolvConf((await startNameServer(() => answer)).address)).source;

describe('a proxy', () => {
  it.each(['http', 'https'] as const)(
    'that speaks %s carries requests to receivers with http and https, which see the certificate of each other',
    async (scheme) => {
      const tls = { key: certificate.private, cert: certificate.cert };
      const proxy = await startProxy(...(scheme === 'https' ? [tls] : []));
      const [plain, secure] = [await receiverHere(), await secureReceiver()];
      const sender = senderWith({ proxy: proxy.url, ca: certificate.cert });
      for (let n = 0; n < 3; n++) {
        expect(answered(await send(sender, plain.url)).body).toBe('ok');
        expect(answered(await send(sender, `https://localhost:${secure.port}/`)).body).toBe('ok');
      }
      // Tunnels are kept open, as connections are.
      expect(authoritiesOf(proxy)).toEqual([`127.0.0.1:${plain.port}`, `localhost:${secure.port}`]);
      expect(failed(await send(senderWith({ proxy: proxy.url }), secure.url)).error.code).toBe(
        scheme === 'https' ? 'network' : 'tls',
      );
    },
  );

  it('gets user and password, also where these have signs that a URL cannot hold', async () => {
    const proxy = await startProxy();
    const receiver = await receiverHere();
    const url = proxy.url.replace('://', '://bell%40school:p%3A%2Fss@');
    answered(await send(senderWith({ proxy: url }), receiver.url));
    expect(proxy.tunnels[0]!.authorization).toBe(
      `Basic ${Buffer.from('bell@school:p:/ss').toString('base64')}`,
    );
    const other = senderWith({ proxy: proxy.url });
    answered(await send(other, receiver.url));
    expect(proxy.tunnels[1]!.authorization).toBeUndefined();
  });

  it('passes on what a receiver says without having been asked', async () => {
    const proxy = await startProxy();
    const receiver = await rawReceiver((socket) => {
      socket.write(
        'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
      );
    });
    expect(answered(await send(senderWith({ proxy: proxy.url }), receiver.url)).body).toBe('ok');
  });
});

describe('behind a proxy', () => {
  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:10.0.0.1]', 'localhost', '0'])(
    'an address that is not sent to is refused before the proxy is asked: %s',
    async (host) => {
      const proxy = await startProxy();
      const sender = senderWith({ proxy: proxy.url, allowLoopback: false });
      const { error } = failed(await send(sender, `http://${host}:8080/`));
      expect(error.code).toBe('blocked_address');
      expect(error).not.toHaveProperty('ours');
      expect(proxy.open()).toBe(0);
    },
  );

  it('a name that leads to such an address is refused before the proxy is asked', async () => {
    const proxy = await startProxy();
    const sender = senderWith({
      proxy: proxy.url,
      allowLoopback: false,
      nameServers: await namesAre('10.0.0.1'),
    });
    const { error } = failed(await send(sender, 'https://inside.test/'));
    expect(error).toEqual({
      code: 'blocked_address',
      message: expect.not.stringContaining('10.0'),
      internal: expect.stringContaining('10.0.0.1'),
    });
    expect(proxy.tunnels).toEqual([]);
  });

  it.each(['no-such-name', 'silent'] as const)(
    'a name that only the proxy can look up is left to it (%s)',
    async (reply) => {
      const proxy = await startProxy();
      const receiver = await receiverHere();
      const sender = senderWith({ proxy: proxy.url, nameServers: await namesAre(reply) });
      answered(await send(sender, `http://receiver.test:${receiver.port}/`));
      expect(authoritiesOf(proxy)).toEqual([`receiver.test:${receiver.port}`]);
    },
  );
});

describe('a proxy that fails is our failure, outside the retry schedule:', () => {
  it('when it cannot be connected to, and nothing of it is told to anybody but the operator', async () => {
    const proxy = await startProxy();
    await proxy.goAway();
    const url = proxy.url.replace('://', '://bell:hunter2@');
    const { error } = failed(await send(senderWith({ proxy: url }), 'https://127.0.0.1:9443/'));
    expect(error).toEqual({
      ...OURS,
      message: expect.stringContaining('There is nothing to do on your side'),
      internal: expect.stringContaining('ECONNREFUSED'),
    });
    expect(error.message).not.toMatch(/proxy|127\.0/);
    expect(JSON.stringify(error)).not.toMatch(/hunter2|bell:/);
  });

  it('when it refuses, with whatever status', async () => {
    await Promise.all(
      [400, 403, 407, 500, 502, 503].map(async (status) => {
        const proxy = await startProxy();
        proxy.answersWith(status);
        const sender = senderWith({ proxy: proxy.url });
        const { error } = failed(await send(sender, 'https://127.0.0.1:9443/'));
        expect(error).toMatchObject({ ...OURS, internal: expect.stringContaining(`${status}`) });
      }),
    );
  });

  it('when it is silent until the deadline', async () => {
    const proxy = await startProxy();
    proxy.answersWith('silent');
    const sender = senderWith({ proxy: proxy.url });
    const result = failed(await send(sender, 'https://127.0.0.1:9443/', { timeoutMs: 200 }));
    expect(result.error).toMatchObject(OURS);
  });

  it('when it answers with something that is not HTTP, or with nothing', async () => {
    for (const bytes of ['SSH-2.0-OpenSSH_9.2\r\n', '']) {
      const nonsense = await rawReceiver((socket) => void socket.end(bytes));
      const sender = senderWith({ proxy: `http://127.0.0.1:${nonsense.port}` });
      const { error } = failed(await send(sender, 'https://127.0.0.1:9443/'));
      expect(error).toMatchObject(OURS);
    }
  });

  it('when its certificate is not trusted', async () => {
    const proxy = await startProxy({ key: certificate.private, cert: certificate.cert });
    const sender = senderWith({ proxy: proxy.url });
    expect(failed(await send(sender, 'https://127.0.0.1:9443/')).error).toMatchObject(OURS);
  });

  it('when its name cannot be looked up', async () => {
    const nameServers = await namesAre('no-such-name');
    const sender = senderWith({ proxy: 'http://proxy.test:3128', nameServers });
    expect(failed(await send(sender, 'https://127.0.0.1:9443/')).error).toMatchObject(OURS);
  });

  it.each(['http', 'https'] as const)(
    'when it goes away under an attempt that waits for its answer (%s)',
    async (scheme) => {
      const proxy = await startProxy();
      const silent = await rawReceiver(() => {});
      const sender = senderWith({ proxy: proxy.url });
      const sent = send(sender, `${scheme}://127.0.0.1:${silent.port}/`);
      await expect.poll(silent.open).toBe(1);
      await sleep(20);
      await proxy.goAway();
      expect(failed(await sent).error).toMatchObject(OURS);
    },
  );

  it('and it is used again as soon as it is back', async () => {
    const proxy = await startProxy();
    const receiver = await receiverHere();
    const sender = senderWith({ proxy: proxy.url });
    answered(await send(sender, receiver.url));
    await proxy.goAway();
    expect(failed(await send(sender, receiver.url, NEW)).error).toMatchObject(OURS);
    await proxy.comeBack();
    answered(await send(sender, receiver.url));
  });
});

describe("a receiver that fails behind a proxy is the customer's failure:", () => {
  it('when the proxy refuses it and opens tunnels for others meanwhile', async () => {
    const proxy = await startProxy();
    const receiver = await receiverHere();
    proxy.answersWith((authority) => (authority.startsWith('127.0.0.1:9443') ? 503 : null));
    const sender = senderWith({ proxy: proxy.url });
    const refused = send(sender, 'https://127.0.0.1:9443/');
    await sleep(100);
    answered(await send(sender, receiver.url, NEW));
    const { error } = failed(await refused);
    expect(error.code).toBe('network');
    expect(error).not.toHaveProperty('ours');
  });

  it('when the proxy refuses it, or is silent about it, and opens a tunnel to another when it is asked', async () => {
    const proxy = await startProxy();
    const receiver = await receiverHere();
    const sender = senderWith({ proxy: proxy.url });
    answered(await send(sender, receiver.url));
    const isBroken = (authority: string) => authority.endsWith(':9443');
    for (const [answer, code] of [
      [503, 'network'],
      ['silent', 'timeout'],
    ] as const) {
      proxy.answersWith((authority) => (isBroken(authority) ? answer : null));
      const { error } = failed(await send(sender, 'https://127.0.0.1:9443/', { timeoutMs: 1500 }));
      expect({ answer, error }).toMatchObject({ error: { code } });
      expect(error).not.toHaveProperty('ours');
    }
    // If it refuses that one too, the proxy is at fault.
    proxy.answersWith(503);
    const { error } = failed(await send(sender, 'https://127.0.0.1:9443/'));
    expect(error).toMatchObject(OURS);
  });

  it('and many that fail cost the others a connection now and then', async () => {
    const proxy = await startProxy();
    const receiver = await receiverHere();
    const sender = senderWith({ proxy: proxy.url });
    answered(await send(sender, receiver.url));
    proxy.answersWith((authority) => (authority.endsWith(`:${receiver.port}`) ? null : 503));
    const all = Array.from({ length: 50 }, (_, n) =>
      send(sender, `https://127.0.0.1:${9000 + n}/`),
    );
    for (const result of await Promise.all(all)) expect(failed(result).error.code).toBe('network');
    expect(receiver.connections()).toBeLessThanOrEqual(3);
  });

  it('when it closes without an answer', async () => {
    const proxy = await startProxy();
    const receiver = await rawReceiver((socket) => void socket.end());
    const { error } = failed(await send(senderWith({ proxy: proxy.url }), receiver.url));
    expect(error.code).toBe('connection_reset');
    expect(error).not.toHaveProperty('ours');
  });

  it('when it is silent until the deadline', async () => {
    const proxy = await startProxy();
    const receiver = await rawReceiver(() => {});
    const sender = senderWith({ proxy: proxy.url });
    const { error } = failed(await send(sender, receiver.url, { timeoutMs: 200 }));
    expect(error.code).toBe('timeout');
    expect(error).not.toHaveProperty('ours');
  });
});

it('no socket stays open to a proxy when an attempt is cut off on its way', async () => {
  const proxy = await startProxy();
  proxy.answersWith('silent');
  const sender = senderWith({ proxy: proxy.url });
  const sent = send(sender, 'https://127.0.0.1:9443/');
  await expect.poll(proxy.open).toBe(1);
  await sender.close();
  expect(failed(await sent).error.code).toBe('interrupted');
  await expect.poll(proxy.open).toBe(0);
});
