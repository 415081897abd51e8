import { describe, expect, it } from 'vitest';
import { checkCustomHeaders } from './custom-headers.js';

const faultsOf = (headers: Record<string, unknown>) =>
  checkCustomHeaders(headers).map(({ header }) => header);

describe('headers of a customer’s own', () => {
  it.each([
    {},
    { 'X-Api-Key': 'abc', 'X-Team': '' },
    { Authorization: 'ApiKey abc', Cookie: 'a=b', "x-!#$%&'*+.^_`|~9": 'a\tb ~' },
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`X-${i}`, 'x'])),
  ])('may be %j', (headers) => {
    expect(checkCustomHeaders(headers)).toEqual([]);
  });

  it('are at most 20', () => {
    const headers = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`X-${i}`, 'x']));
    expect(checkCustomHeaders(headers)).toEqual([
      { header: '', message: expect.stringContaining('at most 20') },
    ]);
  });

  it.each([
    'Content-Type',
    'user-agent',
    'Webhook-Id',
    'webhook-timestamp',
    'webhook-signature',
    'X-Schoolbell-Delivery',
    'X-Schoolbell-Event',
    'X-Schoolbell-Attempt',
    'X-Schoolbell-Test',
    'X-Schoolbell-Anything',
    'X-AllureConnect-Signature',
    'x-allureconnect-signature-previous',
    'X-Allure-Signature-Algorithm',
    'WebHook-Request-Origin',
  ])('cannot be %s, which we send ourselves', (name) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([name]);
  });

  it.each(['Host', 'Connection', 'keep-alive', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade'])(
    'cannot be %s, which belongs to the connection',
    (name) => expect(faultsOf({ [name]: 'x' })).toEqual([name]),
  );

  it.each(['Content-Length', 'Proxy-Authorization', 'Proxy-Connection', 'Expect'])(
    'cannot be %s, which belongs to the connection too',
    (name) => expect(faultsOf({ [name]: 'x' })).toEqual([name]),
  );

  it.each(['', 'X Team', 'X:Team', 'X-Téam', 'X-Team\r\nHost', 'x'.repeat(129)])(
    'cannot be called %j',
    (name) => expect(faultsOf({ [name]: 'x' })).toEqual([name]),
  );

  it.each(['a\r\nHost: evil', 'a\nb', 'a\u0000', 'größe', 'x'.repeat(4097), 7, null, ['x']])(
    'cannot have the value %j',
    (value) => expect(faultsOf({ 'X-Team': value })).toEqual(['X-Team']),
  );

  it('cannot come twice in another case', () => {
    expect(faultsOf({ 'X-Team': 'a', 'x-team': 'b' })).toEqual(['x-team']);
  });
});
