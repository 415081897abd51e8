import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../apps/api/src/http/error-codes.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

/** Sends a body as it is, with the tenant's key. */
const post = async (
  body: string | Buffer,
  headers: Record<string, string> = {},
  path = '/v1/webhooks',
) => {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { 'X-API-Key': tenant.tenantKey, 'Content-Type': 'application/json', ...headers },
    body: body as string,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as any,
  };
};

describe('every error', () => {
  it('is problem+json with a stable code and the request id', async () => {
    const answer = await api.stranger.get('/v1/nowhere', { 'X-Request-Id': 'my-id.1' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toBe('my-id.1');
    expect(answer.body).toEqual({
      type: '/docs/errors#route_not_found',
      title: 'No such path',
      status: 404,
      detail: 'The paths of this API are listed in `/openapi.json`.',
      code: 'route_not_found',
      requestId: 'my-id.1',
    });
  });

  it.each([
    ['not JSON', '{"url":', 400, 'malformed_json'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'malformed_json'],
    ['a NUL', String.raw`{"url":"a\u0000b"}`, 400, 'malformed_json'],
    ['a NUL in a key', String.raw`{"a\u0000":1}`, 400, 'malformed_json'],
    ['a lone surrogate', String.raw`{"url":"\ud800"}`, 400, 'malformed_json'],
    ['__proto__', '{"__proto__":{"admin":true}}', 400, 'malformed_json'],
    ['an escaped __proto__', String.raw`{"\u005f_proto__":{}}`, 400, 'malformed_json'],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000), 400, 'malformed_json'],
    ['a number beyond 2^53', '{"timeoutSeconds":9007199254740993}', 400, 'malformed_json'],
    ['an infinite number', '{"timeoutSeconds":1e999}', 400, 'malformed_json'],
    ['a list', '[]', 422, 'validation_failed'],
    ['a text', '"url"', 422, 'validation_failed'],
    ['null', 'null', 422, 'validation_failed'],
    ['nothing', '', 422, 'validation_failed'],
    ['257 KiB', JSON.stringify({ description: 'x'.repeat(257 * 1024) }), 413, 'body_too_large'],
    ['10 MB', Buffer.alloc(10 * 1024 * 1024, 0x20), 413, 'body_too_large'],
  ])('refuses a body that is %s', async (_what, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    'refuses a body of type %s with 415',
    async (type) => {
      const answer = await post('url=x', { 'Content-Type': type });
      expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('takes a body of exactly 256 KiB, and a batch of up to 4 MiB', async () => {
    const filled = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect((await post(filled(256 * 1024))).status).toBe(422);
    expect((await post(filled(256 * 1024 + 1))).status).toBe(413);
    const batch = '/v1/events/batch';
    expect((await post(filled(4 * 1024 * 1024), {}, batch)).status).toBe(422);
    expect((await post(filled(4 * 1024 * 1024 + 1), {}, batch)).status).toBe(413);
  });

  it('tells a wrong method from an unknown path', async () => {
    const { status, headers, body } = await tenant.api.patch('/v1/webhooks', {});
    expect([status, body.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await tenant.api.post('/v1/webhook', {})).body.code).toBe('route_not_found');
  });

  it.each(['/%zz', '/v1/webhooks/%00', '/v1/webhooks?cursor=%00', '/%c0%ae'])(
    'refuses the URL %s with 400',
    async (path) => {
      const { status, body } = await tenant.api.get(path);
      expect([status, body.code]).toEqual([400, 'malformed_request']);
    },
  );

  it.each([
    ['no HTTP at all', 'HELLO?\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['huge headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers %s with a problem, too', async (_what, request, status) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.end(request);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
    expect(problem.status).toBe(status);
    expect(ERROR_CODES).toHaveProperty(problem.code);
  });

  it('makes a request id where the caller sends none, or one that is unfit for logs', async () => {
    for (const id of ['', 'x'.repeat(129), 'a b', '{"x":1}']) {
      const { headers } = await api.stranger.get('/health/live', { 'X-Request-Id': id });
      expect(headers.get('x-request-id')).toMatch(/^req_[\w-]+$/);
    }
  });
});

describe('every answer', () => {
  it('has the headers of a careful server, and says nothing of what it runs on', async () => {
    const { headers } = await tenant.api.get('/v1/webhooks');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-request-id')).toMatch(/^req_/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
