import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answered,
  closeAll,
  failed,
  httpReceiver,
  rawReceiver,
  send,
  sendOnce,
  senderWith,
} from './receivers.js';

const KIB = 1024;
const HINT = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
afterEach(closeAll);

describe('an answer', () => {
  it('is kept: status, headers and body', async () => {
    const receiver = await httpReceiver((_request, response) => {
      response.setHeader('X-Trace', ['a', 'b']);
      response.setHeader('Set-Cookie', ['x=1', 'y=2']);
      response.writeHead(422).end('{"why":"Zoë \u{1F393}"}');
    });
    const response = answered(await sendOnce(receiver.url));
    expect(response).toMatchObject({
      status: 422,
      headers: { 'x-trace': 'a, b', 'set-cookie': 'x=1, y=2' },
      body: '{"why":"Zoë \u{1F393}"}',
      truncated: false,
    });
  });

  it.each([
    [0, 0, false],
    [16 * KIB, 16 * KIB, false],
    [16 * KIB + 1, 16 * KIB, true],
    [5000 * KIB, 16 * KIB, true],
  ])('of %d bytes is kept to %d (cut: %s)', async (size, kept, truncated) => {
    const receiver = await httpReceiver((_request, response) => response.end('x'.repeat(size)));
    const response = answered(await sendOnce(receiver.url));
    expect(response).toMatchObject({ status: 200, truncated });
    expect(response.body).toHaveLength(kept);
  });

  it('is not cut through a character', async () => {
    const receiver = await httpReceiver((_request, response) => response.end('ä'.repeat(20 * KIB)));
    expect(answered(await sendOnce(receiver.url)).body).toBe('ä'.repeat(8 * KIB));
    const odd = await httpReceiver((_request, response) =>
      response.end(`x${'ä'.repeat(20 * KIB)}`),
    );
    expect(answered(await sendOnce(odd.url)).body).toBe(`x${'ä'.repeat(8 * KIB - 1)}`);
  });

  it('that is compressed is kept as it came, so that no bomb goes off', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000 * KIB));
    const receiver = await httpReceiver((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const response = answered(await sendOnce(receiver.url));
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(Buffer.byteLength(response.body)).toBeLessThan(3 * bomb.length);
  });

  it('that is no text has replacement characters, and no NUL that the log could not keep', async () => {
    const receiver = await httpReceiver((_request, response) =>
      response.end(Buffer.from([0, 0xff, 0x41])),
    );
    expect(answered(await sendOnce(receiver.url)).body).toBe('\u{FFFD}\u{FFFD}A');
  });

  it('without an end counts by its status once there is more than is kept', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = setInterval(() => socket.write('x'.repeat(8 * KIB)), 5);
      socket.on('close', () => clearInterval(more));
    });
    const result = await sendOnce(receiver.url);
    expect(answered(result)).toMatchObject({ status: 200, truncated: true });
    expect(result.timings.totalMs).toBeLessThan(2000);
  });

  it('that comes drop by drop ends with the deadline; its status is kept', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 500 Oh\r\ncontent-length: 1000\r\n\r\n');
      const more = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(more));
    });
    const result = failed(await sendOnce(receiver.url, { timeoutMs: 300 }));
    expect(result.error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('0.3 s'),
    });
    expect(result.response).toMatchObject({ status: 500, body: expect.stringMatching(/^x+$/) });
    expect(result.timings.totalMs).toBeGreaterThanOrEqual(295);
    expect(result.timings.totalMs).toBeLessThan(1500);
  });

  it('whose headers come drop by drop ends with the deadline', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-a: ');
      const more = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(more));
    });
    const result = failed(await sendOnce(receiver.url, { timeoutMs: 300 }));
    expect(result).toMatchObject({ error: { code: 'timeout' } });
    expect(result.response).toBeUndefined();
  });

  it('that never comes ends with the deadline', async () => {
    const receiver = await rawReceiver(() => {});
    const result = failed(await sendOnce(receiver.url, { timeoutMs: 200 }));
    expect(result.error).toEqual({
      code: 'timeout',
      message: 'The receiver did not answer within 0.2 s. Answer first, then do the work.',
    });
    expect(result.timings).toMatchObject({ connectMs: expect.any(Number), firstByteMs: null });
  });

  it.each([
    ['103 Early Hints', HINT],
    ['an unasked 100 Continue', CONTINUE],
    ['102 Processing', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['ten of them', (HINT + CONTINUE).repeat(5)],
  ])('after %s is the one that counts', async (_what, interim) => {
    const receiver = await rawReceiver((socket) => {
      socket.write(interim);
      socket.write('HTTP/1.1 204 No Content\r\nx-final: yes\r\n\r\n');
    });
    const sender = senderWith();
    for (let request = 0; request < 3; request++) {
      const response = answered(await send(sender, receiver.url));
      expect(response).toMatchObject({ status: 204, headers: { 'x-final': 'yes' }, body: '' });
      expect(response.headers).not.toHaveProperty('link');
    }
    expect(receiver.connections()).toBe(1);
  });

  it.each([
    ['103 Early Hints', '', HINT.repeat(100)],
    ['100 Continue', '', CONTINUE.repeat(100)],
    ['the headers of a 103', 'HTTP/1.1 103 Early Hints\r\n', `x: ${'y'.repeat(4 * KIB)}\r\n`],
    ['blank lines', '', '\r\n'.repeat(2 * KIB)],
    ['a status line', 'HTTP/1.1 200 ', 'x'.repeat(4 * KIB)],
  ])('that is %s without end is given up after a few KiB of it', async (_what, start, more) => {
    let sent = 0;
    const receiver = await rawReceiver((socket) => {
      socket.write(start);
      const flood = () => {
        while (socket.writable) {
          sent += more.length;
          if (!socket.write(more)) break;
        }
      };
      socket.on('drain', flood);
      flood();
    });
    const result = failed(await sendOnce(receiver.url));
    expect(result.error.code).toBe('invalid_response');
    expect(result.error).not.toHaveProperty('ours');
    await expect.poll(receiver.open).toBe(0);
    // Only the system's buffers take more than what is read.
    expect(sent).toBeLessThan(8 * KIB * KIB);
  });

  it('of 200 whose chunks have no end counts by its status', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;x=');
      const more = setInterval(() => socket.write('x'.repeat(32 * KIB)), 5);
      socket.on('close', () => clearInterval(more));
    });
    const result = failed(await sendOnce(receiver.url));
    expect(result).toMatchObject({
      error: { code: 'invalid_response' },
      response: { status: 200 },
    });
  });

  it('with a header named __proto__ changes nothing', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\n__proto__: a\r\n__proto__: b\r\nx: y\r\ncontent-length: 0\r\n\r\n',
      );
    });
    expect(answered(await sendOnce(receiver.url)).headers).toEqual({
      x: 'y',
      'content-length': '0',
    });
  });
});

describe('a receiver that breaks the rules of HTTP is a failed attempt and nothing more', () => {
  const OK = 'HTTP/1.1 200 OK\r\n';
  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'invalid_response', undefined],
    ['binary garbage', '\u0000\u0001\u0002\u00ff', 'invalid_response', undefined],
    ['HTTP/0.9', '<html>hello</html>', 'invalid_response', undefined],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', 'invalid_response', undefined],
    ['a header without colon', `${OK}nonsense\r\n\r\n`, 'invalid_response', undefined],
    [
      'two lengths',
      `${OK}content-length: 5\r\ncontent-length: 6\r\n\r\nhello`,
      'invalid_response',
      undefined,
    ],
    [
      'length and chunks',
      `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      'invalid_response',
      undefined,
    ],
    [
      'a length that is no number',
      `${OK}content-length: five\r\n\r\nhello`,
      'invalid_response',
      undefined,
    ],
    ['a broken chunk', `${OK}transfer-encoding: chunked\r\n\r\nzz\r\n`, 'invalid_response', 200],
    ['11 interim answers', `${HINT.repeat(11)}${OK}\r\n`, 'invalid_response', undefined],
    [
      'an interim answer of 17 KiB',
      `HTTP/1.1 103 Early Hints\r\nlink: ${'a'.repeat(17 * KIB)}\r\n\r\n${OK}\r\n`,
      'invalid_response',
      undefined,
    ],
    ['half an interim answer', 'HTTP/1.1 103 Early', 'connection_reset', undefined],
    ['interim answers only', HINT.repeat(3), 'connection_reset', undefined],
    [
      '101 Switching Protocols unasked',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'invalid_response',
      undefined,
    ],
    ['20 KiB of headers', `${OK}x: ${'a'.repeat(20 * KIB)}\r\n\r\n`, 'invalid_response', undefined],
    [
      'thousands of headers',
      `${OK}${'a: b\r\n'.repeat(10 * KIB)}\r\n`,
      'invalid_response',
      undefined,
    ],
    ['half a status line', 'HTTP/1.1 20', 'connection_reset', undefined],
    ['half the headers', `${OK}content-length: 5\r\nx-`, 'connection_reset', undefined],
    ['half a body', `${OK}content-length: 50\r\n\r\nhello`, 'connection_reset', 200],
    ['half a chunk', `${OK}transfer-encoding: chunked\r\n\r\n50\r\nhello`, 'connection_reset', 200],
    ['nothing', '', 'connection_reset', undefined],
  ])('%s', async (_what, bytes, code, status) => {
    const receiver = await rawReceiver((socket) => void socket.end(bytes, 'latin1'));
    const result = failed(await sendOnce(receiver.url));
    expect([result.error.code, result.error.internal]).toEqual([code, expect.any(String)]);
    expect(result.response?.status).toBe(status);
    expect(result.error.message).not.toMatch(/127\.0\.0\.1|UND_ERR|HPE_|ECONN/);
  });

  it('more body than it said: the answer counts, the rest is not taken for the next one', async () => {
    const receiver = await rawReceiver((socket, n) => {
      const lie = n === 1 ? 'HTTP/1.1 299 Forged\r\ncontent-length: 0\r\n\r\n' : '';
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok${lie}`);
    });
    const sender = senderWith();
    for (let i = 0; i < 3; i++) {
      expect(answered(await send(sender, receiver.url))).toMatchObject({ status: 200, body: 'ok' });
    }
  });

  it('a reset in the middle of the request', async () => {
    const receiver = await rawReceiver((socket) => socket.resetAndDestroy());
    const result = failed(await sendOnce(receiver.url));
    expect(result.error.code).toBe('connection_reset');
  });
});
