import { afterEach, expect, it } from 'vitest';
import {
  answered,
  closeAll,
  failed,
  httpReceiver,
  send,
  sendOnce,
  senderWith,
} from './receivers.js';

afterEach(closeAll);

it('a request arrives byte for byte as its format made it', async () => {
  const body = Buffer.from('{"name":"Zoë \u{1F393}","n":1.50}');
  let head = '';
  let received = Buffer.alloc(0);
  const receiver = await httpReceiver((request, response) => {
    head = request.rawHeaders.map((part, i) => (i % 2 ? `${part}\n` : `${part}: `)).join('');
    request.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
    request.on('end', () => response.end());
  });
  const headers = [
    ['Content-Type', 'application/json'],
    ['X-AllureConnect-Signature', 'ab'.repeat(32)],
    ['webhook-signature', 'v1,abc= v1,def='],
    ['x-MiXed', '  inner  spaces; "quotes" = ok'],
    ['X-Latin', 'Zo\u00eb'],
  ] as const;
  const result = await sendOnce(`${receiver.url}?a=1&b=%20`, { headers, body });

  expect(answered(result).status).toBe(200);
  expect(head).toBe(
    [
      `host: 127.0.0.1:${receiver.port}`,
      'connection: keep-alive',
      'Content-Type: application/json',
      `X-AllureConnect-Signature: ${'ab'.repeat(32)}`,
      'webhook-signature: v1,abc= v1,def=',
      'x-MiXed: inner  spaces; "quotes" = ok',
      'X-Latin: Zo\u00eb',
      `content-length: ${body.length}`,
      '',
    ].join('\n'),
  );
  expect(received.equals(body)).toBe(true);
});

it('a request is a POST to the path and query of the URL', async () => {
  let line = '';
  const receiver = await httpReceiver((request, response) => {
    line = `${request.method} ${request.url}`;
    response.end();
  });
  await sendOnce(`http://127.0.0.1:${receiver.port}/a/%C3%A4?b=c&d`);
  expect(line).toBe('POST /a/%C3%A4?b=c&d');
});

it.each(['GET', 'OPTIONS'] as const)(
  'a request may be a %s, which goes without a body, to the same receiver on the same connection',
  async (method) => {
    const heads: string[] = [];
    const receiver = await httpReceiver((request, response) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      heads.push([request.method, request.url, length, encoding].join(' ').trim());
      response.setHeader('Allow', 'GET').end('here');
    });
    const sender = senderWith();
    const empty = { method, headers: [], body: Buffer.alloc(0) };
    const first = answered(await send(sender, `${receiver.url}?statementId=1`, empty));
    expect(first).toMatchObject({ status: 200, headers: { allow: 'GET' }, body: 'here' });
    answered(await send(sender, receiver.url, { body: Buffer.from('{}') }));
    answered(await send(sender, receiver.url, empty));
    expect(heads).toEqual([`${method} /hook?statementId=1`, 'POST /hook 2', `${method} /hook`]);
    expect(receiver.connections()).toBe(1);
  },
);

it.each(['GET', 'OPTIONS'] as const)(
  'a %s is held by the same guard, deadline and limit of the answer as a POST',
  async (method) => {
    const empty = { method, headers: [], body: Buffer.alloc(0) };
    const receiver = await httpReceiver((request, response) => {
      if (request.url === '/hook') response.end('x'.repeat(20_000));
    });
    expect(answered(await sendOnce(receiver.url, empty))).toMatchObject({ truncated: true });
    const guarded = senderWith({ allowLoopback: false });
    expect(failed(await send(guarded, receiver.url, empty)).error.code).toBe('blocked_address');
    const late = await sendOnce(`${receiver.url}/slow`, { ...empty, timeoutMs: 50 });
    expect(failed(late).error.code).toBe('timeout');
    expect(receiver.connections()).toBe(2);
  },
);

it('a redirect is an answer, of whatever kind and wherever it leads: its target is never called', async () => {
  const target = await httpReceiver((_request, response) => response.end());
  let answer = { status: 0, location: '' };
  const receiver = await httpReceiver((_request, response) => {
    response.writeHead(answer.status, { location: answer.location }).end();
  });
  const sender = senderWith();
  for (const location of [target.url, '/other', 'http://169.254.169.254/', 'file:///etc/passwd']) {
    for (const status of [300, 301, 302, 303, 304, 305, 307, 308]) {
      answer = { status, location };
      const response = answered(await send(sender, receiver.url));
      expect(response).toMatchObject({ status, headers: { location } });
    }
  }
  expect([target.connections(), receiver.connections()]).toEqual([0, 1]);
});

it.each([
  ['a header with a line break', [['X-Bad', 'a\r\nX-Injected: b']]],
  ['a header name with a space', [['X Bad', 'a']]],
  ['a header outside Latin-1', [['X-Bad', '\u{1F393}']]],
  ['a header of ours', [['Transfer-Encoding', 'chunked']]],
] as const)('%s is told, and nothing is sent', async (_what, headers) => {
  const receiver = await httpReceiver((_request, response) => response.end());
  const sender = senderWith();
  await send(sender, receiver.url);
  const result = await send(sender, receiver.url, { headers });
  expect(result).toMatchObject({ kind: 'failed', error: { code: 'unsendable' } });
  expect(receiver.connections()).toBe(1);
});

it('an empty body is sent as one', async () => {
  let length: string | undefined;
  const receiver = await httpReceiver((request, response) => {
    length = request.headers['content-length'];
    response.end();
  });
  answered(await sendOnce(receiver.url, { body: Buffer.alloc(0) }));
  expect(length).toBe('0');
});
