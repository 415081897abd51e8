import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handshake } from './handshake.js';

interface HandshakeVector {
  case: string;
  request: { headers: Record<string, string> };
  accept: Record<string, string>[];
  refuse: Record<string, string>[];
}

const ORIGIN = 'schoolbell.example';
const { vectors } = JSON.parse(
  readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'),
) as { vectors: HandshakeVector[] };
const vector = vectors.find(({ request }) => request !== undefined)!;

const read = (headers: Record<string, string>, status = 200) =>
  handshake.read(
    {
      status,
      headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v])),
    },
    ORIGIN,
  );

describe('the handshake of CloudEvents', () => {
  it('asks as the vector does, with the rate per minute', () => {
    const headers = handshake.headers({ origin: ORIGIN, requestsPerMinute: 2 * 60 });
    expect(Object.fromEntries(headers)).toEqual(vector.request.headers);
  });

  it('asks for no rate where there is none', () => {
    const headers = handshake.headers({ origin: ORIGIN, requestsPerMinute: null });
    expect(headers).toEqual([['WebHook-Request-Origin', ORIGIN]]);
  });

  it.each(vector.accept)('takes %j for consent, whatever the status', (headers) => {
    for (const status of [200, 404, 500]) expect(read(headers, status).given).toBe(true);
  });

  it.each(vector.refuse)('takes %j for none, whatever the status', (headers) => {
    for (const status of [200, 204, 405]) expect(read(headers, status).given).toBe(false);
  });

  it.each([
    [{ 'WebHook-Allowed-Rate': '120' }, 120],
    [{ 'WebHook-Allowed-Rate': ' 007 ' }, 7],
    [{ 'WebHook-Allowed-Rate': '99999999999999999999' }, 60_000],
    [{ 'WebHook-Allowed-Rate': '*' }, null],
    [{ 'WebHook-Allowed-Rate': '' }, null],
    [{}, null],
  ])('reads from %j how many requests a minute are let through: %j', (headers, perMinute) => {
    const consent = read({ 'WebHook-Allowed-Origin': 'Schoolbell.Example', ...headers });
    expect(consent).toEqual({ given: true, perMinute });
  });

  it.each(['0', '-1', '1.5', 'many', '120, 60'])('takes the rate %s for no consent', (rate) => {
    const consent = read({ 'WebHook-Allowed-Origin': '*', 'WebHook-Allowed-Rate': rate });
    expect(consent).toEqual({ given: false, message: expect.stringContaining(rate) });
  });

  it.each(['*.example', 'schoolbell.example, other.example', 'https://schoolbell.example'])(
    'takes the origin %s for another one',
    (origin) => expect(read({ 'WebHook-Allowed-Origin': origin }).given).toBe(false),
  );

  it('says what was answered and what to do', () => {
    expect(read({}, 405)).toEqual({
      given: false,
      message:
        'The receiver answered OPTIONS with 405 and no WebHook-Allowed-Origin. Have it answer OPTIONS with WebHook-Allowed-Origin: schoolbell.example, or *, and resume the webhook.',
    });
  });
});
