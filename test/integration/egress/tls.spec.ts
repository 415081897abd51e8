import { createSecureServer } from 'node:http2';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { certificateFor, type Certificate } from '../../support/certificates.js';
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

let good: Certificate;
let forAnotherName: Certificate;
let expired: Certificate;

beforeAll(async () => {
  good = await certificateFor('localhost');
  forAnotherName = await certificateFor('other.example');
  expired = await certificateFor('localhost', {
    notBeforeDate: new Date('2020-01-01'),
    notAfterDate: new Date('2021-01-01'),
  });
});

afterEach(closeAll);

const receiverWith = (certificate: Certificate) =>
  httpsReceiver({ key: certificate.private, cert: certificate.cert }, (_request, response) =>
    response.end('ok'),
  );

describe('a receiver with https', () => {
  it('is sent to over one verified connection, by name and by address', async () => {
    const receiver = await receiverWith(good);
    const sender = senderWith({ ca: good.cert });
    const first = await send(sender, `https://localhost:${receiver.port}/`);
    expect(answered(first)).toMatchObject({ status: 200, body: 'ok' });
    expect(first.timings.tlsMs).toEqual(expect.any(Number));
    const second = await send(sender, `https://localhost:${receiver.port}/`);
    expect(second.timings).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
    expect(receiver.connections()).toBe(1);
    answered(await send(sender, receiver.url));
    answered(await send(sender, `https://localhost.:${receiver.port}/`));
  });

  it('that speaks HTTP/2 too is sent to over HTTP/1.1; one that speaks nothing else is told so', async () => {
    const pair = { key: good.private, cert: good.cert };
    let version = '';
    const both = await listen(
      createSecureServer({ ...pair, allowHTTP1: true }, (request, response) => {
        version = request.httpVersion;
        response.end('ok');
      }),
      'https',
    );
    const only = await listen(createSecureServer(pair), 'https');
    const sender = senderWith({ ca: good.cert });
    expect(answered(await send(sender, both.url)).body).toBe('ok');
    expect(version).toBe('1.1');
    const result = failed(await send(sender, only.url));
    expect(result.error).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('HTTP/1.1'),
    });
  });

  it('and a self-signed certificate is refused', async () => {
    let requests = 0;
    const receiver = await httpsReceiver({ key: good.private, cert: good.cert }, () => requests++);
    const result = failed(await sendOnce(receiver.url));
    expect(result.error).toEqual({
      code: 'tls',
      message: 'The certificate of the receiver is self-signed.',
      internal: expect.stringContaining('SELF_SIGNED'),
    });
    expect(result.timings).toMatchObject({ connectMs: expect.any(Number), tlsMs: null });
    expect(requests).toBe(0);
  });

  it('and a certificate for another name is refused', async () => {
    const receiver = await receiverWith(forAnotherName);
    const sender = senderWith({ ca: forAnotherName.cert });
    const result = failed(await send(sender, `https://localhost:${receiver.port}/`));
    expect(result.error).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('name the host'),
    });
  });

  it('and an expired certificate is refused', async () => {
    const receiver = await receiverWith(expired);
    const sender = senderWith({ ca: expired.cert });
    const result = failed(await send(sender, `https://localhost:${receiver.port}/`));
    expect(result.error).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('expired'),
    });
  });

  it('and no TLS is refused', async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const result = failed(await sendOnce(`https://127.0.0.1:${receiver.port}/`));
    expect(result.error.code).toBe('tls');
  });

  it('and an old TLS version is refused', async () => {
    const receiver = await httpsReceiver(
      {
        key: good.private,
        cert: good.cert,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL@SECLEVEL=0',
      },
      (_request, response) => response.end(),
    );
    const result = failed(await send(senderWith({ ca: good.cert }), receiver.url));
    expect(result.error.code).toBe('tls');
  });

  it('that hangs in the handshake is cut off by the deadline', async () => {
    const receiver = await rawReceiver(() => {});
    const result = failed(
      await sendOnce(`https://127.0.0.1:${receiver.port}/`, { timeoutMs: 300 }),
    );
    expect(result.error.code).toBe('timeout');
    expect(result.timings).toMatchObject({ connectMs: expect.any(Number), tlsMs: null });
  });

  it('that closes in the handshake is a failed attempt', async () => {
    const receiver = await listen(
      createServer((socket) => void socket.once('data', () => socket.end())),
    );
    const result = failed(await sendOnce(`https://127.0.0.1:${receiver.port}/`));
    expect(result.error).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('handshake'),
    });
  });

  it('that wants a certificate of ours is a failed attempt', async () => {
    const receiver = await httpsReceiver(
      { key: good.private, cert: good.cert, requestCert: true, rejectUnauthorized: true },
      (_request, response) => response.end(),
    );
    const result = failed(await send(senderWith({ ca: good.cert }), receiver.url));
    expect(['tls', 'connection_reset']).toContain(result.error.code);
  });

  it('also when the process is told not to verify certificates', async () => {
    const receiver = await receiverWith(good);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(failed(await sendOnce(receiver.url)).error.code).toBe('tls');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });
});
