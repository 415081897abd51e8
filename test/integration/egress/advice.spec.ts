import { createSecureServer } from 'node:http2';
import { createServer } from 'node:net';
import type { SendResult } from '@schoolbell/delivery';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failureAdvice } from '../../../apps/dashboard/src/features/deliveries/verdict/failure-advice.ts';
import { certificateFor, type Certificate } from '../../support/certificates.js';
import { reservedPort } from '../../support/reserved-port.js';
import { resolvConf, startNameServer } from './name-server.js';
import {
  answered,
  closeAll,
  failed,
  httpReceiver,
  httpsReceiver,
  listen,
  rawReceiver,
  send,
  sendOnce,
  senderWith,
} from './receivers.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
/** Milliseconds. */
const SHORT = { timeoutMs: 300 };

/** What the dashboard says of a failure: whose turn it is, and what to do. It knows no more than code and message. */
function adviceOn(result: SendResult): string {
  const { error, response = null } = failed(result);
  const { turn, meaning = '', step = '' } = failureAdvice({ error, response, outcome: 'failed' });
  return `${turn}: ${meaning} ${step}`;
}

let good: Certificate;
beforeAll(async () => {
  good = await certificateFor('localhost');
});
afterEach(closeAll);

describe('the dashboard’s advice on a real failure', () => {
  const secureWith = (certificate: Certificate, options = {}) =>
    httpsReceiver({ key: certificate.private, cert: certificate.cert, ...options }, (_, response) =>
      response.end(),
    );
  /** Trusting the certificate that the receiver has. */
  const adviceOnTls = async (certificate: Certificate) => {
    const { port } = await secureWith(certificate);
    const sender = senderWith({ ca: certificate.cert });
    return adviceOn(await send(sender, `https://localhost:${port}/`));
  };

  it('knows what is wrong with a certificate', async () => {
    const expired = await certificateFor('localhost', {
      notBeforeDate: new Date('2020-01-01'),
      notAfterDate: new Date('2021-01-01'),
    });
    expect(await adviceOnTls(expired)).toMatch(/^customer: .*renew the certificate/);
    const early = await certificateFor('localhost', {
      notBeforeDate: new Date('2090-01-01'),
      notAfterDate: new Date('2091-01-01'),
    });
    expect(await adviceOnTls(early)).toMatch(/^customer: .*check the clock/);
    const other = await certificateFor('other.example');
    expect(await adviceOnTls(other)).toMatch(/^customer: .*names the host/);
    const { url } = await secureWith(good);
    expect(adviceOn(await sendOnce(url))).toMatch(/^customer: .*give the webhook their CA/);
  });

  it('knows what else fails with TLS', async () => {
    const sender = senderWith({ ca: good.cert });
    const pair = { key: good.private, cert: good.cert };
    const onlyHttp2 = await listen(createSecureServer(pair), 'https');
    expect(adviceOn(await send(sender, onlyHttp2.url))).toMatch(/enable HTTP\/1\.1 beside HTTP\/2/);
    const asks = await secureWith(good, { requestCert: true, rejectUnauthorized: true });
    expect(adviceOn(await send(sender, asks.url))).toMatch(/check the client certificate/);
    const closes = await listen(
      createServer((socket) => void socket.once('data', () => socket.end())),
      'https',
    );
    expect(adviceOn(await send(sender, closes.url))).toMatch(/what ends TLS in front/);
    const plain = await httpReceiver((_, response) => response.end());
    expect(adviceOn(await send(sender, `https://127.0.0.1:${plain.port}/`))).toMatch(/TLS 1\.2/);
  });

  it('tells a receiver that is slow from one that cannot be connected to', async () => {
    const slow = await httpReceiver(() => {});
    expect(adviceOn(await sendOnce(slow.url, SHORT))).toMatch(
      /^customer: .*Nobody can tell whether they received it.*answer 2xx first/,
    );
    const mute = await rawReceiver(() => {});
    expect(adviceOn(await sendOnce(`https://127.0.0.1:${mute.port}/`, SHORT))).toMatch(
      /^customer: .*no firewall drops connections/,
    );
    expect(adviceOn(await sendOnce(`http://127.0.0.1:${await reservedPort()}/`))).toMatch(
      /^customer: .*port of the URL/,
    );
  });

  it('tells a receiver that hangs up from a connection that ended between two requests', async () => {
    const hangsUp = await rawReceiver((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'));
    expect(adviceOn(await sendOnce(hangsUp.url))).toMatch(
      /^customer: .*Nobody can tell.*why it closes connections/,
    );
    const ends = await rawReceiver((socket, n) => void (n === 1 ? socket.write(OK) : socket.end()));
    const sender = senderWith();
    answered(await send(sender, ends.url));
    expect(adviceOn(await send(sender, ends.url))).toMatch(
      /^schoolbell: .*sends the request again/,
    );
  });

  it('knows an address that nothing is sent to, and an answer that is not HTTP', async () => {
    const receiver = await httpReceiver((_, response) => response.end());
    expect(adviceOn(await send(senderWith({ allowLoopback: false }), receiver.url))).toMatch(
      /^customer: .*leads to a public address/,
    );
    const strange = await rawReceiver((socket) => socket.end('220 mail.example ESMTP\r\n'));
    expect(adviceOn(await sendOnce(strange.url))).toMatch(/^customer: .*leads to an HTTP server/);
  });

  it('tells a name that there is not from name servers of ours that fail', async () => {
    const server = await startNameServer((name) =>
      name === 'none.test' ? 'no-such-name' : '127.0.0.1',
    );
    const { source } = await resolvConf(server.address);
    const { port } = await httpReceiver((_, response) => response.end());
    const sender = senderWith({ nameServers: source });
    const sendTo = (name: string) =>
      send(sender, `http://${name}:${port}/`, { newConnection: true });
    answered(await sendTo('a.test'));
    answered(await sendTo('b.test'));
    expect(adviceOn(await sendTo('none.test'))).toMatch(/^customer: .*DNS records/);
    server.answer = () => 'server-failed';
    expect(adviceOn(await sendTo('a.test'))).toMatch(/^schoolbell: .*its own name servers fail/);
  });
});
