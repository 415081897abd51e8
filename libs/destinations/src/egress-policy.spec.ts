import { describe, expect, it } from 'vitest';
import { createEgressPolicy, type EgressSettings } from './egress-policy.js';

const CLOSED: EgressSettings = { allowHttp: false, allow: [], allowLoopback: false };
const policyWith = (settings: Partial<EgressSettings> = {}) =>
  createEgressPolicy({ ...CLOSED, ...settings });
const judge = (url: string, settings: Partial<EgressSettings> = {}) => {
  const check = policyWith(settings).checkUrl(url);
  return check.ok ? 'ok' : check.code;
};

describe('a webhook URL', () => {
  it.each([
    'https://example.com/webhooks',
    'https://example.com:443/webhooks?x=1',
    'https://example.com:8443/',
    'https://example.com:65535',
    'https://example.com.',
    'HTTPS://EXAMPLE.COM/A',
    'https://bücher.example/',
    'https://xn--bcher-kva.example/',
    'https://a_b.example.com/',
    'https://intranet/hook',
    'https://93.184.215.14/',
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/',
    'https://localhost.example.com/',
    'https://notlocalhost/',
    `https://example.com/${'a'.repeat(2048 - 20)}`,
  ])('is taken: %s', (url) => expect(judge(url)).toBe('ok'));

  it('is kept in its ASCII form', () => {
    const check = policyWith().checkUrl('https://bücher.example/ä');
    expect(check.ok && check.url.href).toBe('https://xn--bcher-kva.example/%C3%A4');
  });

  it.each([
    ['http://example.com/', 'url_scheme'],
    ['ftp://example.com/', 'url_scheme'],
    ['file:///etc/passwd', 'url_scheme'],
    ['gopher://example.com/', 'url_scheme'],
    ['javascript:alert(1)', 'url_invalid'],
    ['https://example.com:80/', 'url_port'],
    ['https://example.com:22/', 'url_port'],
    ['https://example.com:1023/', 'url_port'],
    ['https://example.com:0/', 'url_port'],
    ['https://example.com:65536/', 'url_invalid'],
    ['https://joe@example.com/', 'url_userinfo'],
    ['https://joe:secret@example.com/', 'url_userinfo'],
    ['https://@example.com/', 'url_userinfo'],
    ['https://example.com@127.0.0.1/', 'url_userinfo'],
    ['https://example.com/#part', 'url_fragment'],
    ['https://example.com/#', 'url_fragment'],
    ['', 'url_invalid'],
    ['example.com', 'url_invalid'],
    ['//example.com/', 'url_invalid'],
    ['https:example.com', 'url_invalid'],
    ['https:///example.com', 'url_invalid'],
    ['https:\\\\example.com', 'url_invalid'],
    ['https://example.com\\@127.0.0.1/', 'url_invalid'],
    [' https://example.com/', 'url_invalid'],
    ['https://exam\nple.com/', 'url_invalid'],
    ['https://exam\tple.com/', 'url_invalid'],
    ['https://example.com/a b', 'url_invalid'],
    ['https://example.com/\u0000', 'url_invalid'],
    ['https://example.com/\ud800', 'url_invalid'],
    ['https://', 'url_invalid'],
    ['https://example..com/', 'url_invalid'],
    ['https://example.com../', 'url_invalid'],
    ['https://.example.com/', 'url_invalid'],
    ['https://[::1', 'url_invalid'],
    ['https://1.2.3.4.5/', 'url_invalid'],
    ['https://256.1.1.1/', 'url_invalid'],
    [`https://${'a'.repeat(64)}.example/`, 'url_invalid'],
    [`https://${'a.'.repeat(130)}example/`, 'url_invalid'],
    [`https://example.com/${'a'.repeat(2048)}`, 'url_invalid'],
  ])('is refused: %s (%s)', (url, code) => expect(judge(url)).toBe(code));

  it('is refused with a sentence that says what to do', () => {
    const check = policyWith().checkUrl('http://example.com/');
    expect(check).toEqual({
      ok: false,
      code: 'url_scheme',
      message: expect.stringMatching(/^Use /),
    });
  });

  it('may be plain http, also on port 80, where the operator says so', () => {
    const settings = { allowHttp: true };
    expect(judge('http://example.com/', settings)).toBe('ok');
    expect(judge('http://example.com:80/', settings)).toBe('ok');
    expect(judge('http://example.com:8080/', settings)).toBe('ok');
    expect(judge('http://example.com:81/', settings)).toBe('url_port');
    expect(judge('http://127.0.0.1:8080/', settings)).toBe('url_address');
  });
});

describe('this machine', () => {
  const SPELLINGS = [
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7F.0x0.0x0.0x1',
    '0177.0.0.1',
    '017700000001',
    '00000000177.1',
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '127。0。0。1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[0000::0001]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2002:7f00:0001::1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'a.b.localhost.',
    'ｌｏｃａｌｈｏｓｔ',
  ];

  it.each(SPELLINGS)('is closed as %s', (host) => {
    expect(judge(`https://${host}:8443/`)).toBe('url_address');
    expect(judge(`http://${host}/`, { allowHttp: true })).toBe('url_address');
  });

  it.each(SPELLINGS)('is open over http and https as %s where loopback is allowed', (host) => {
    // Only true loopback is spoken to in the clear; an address that embeds it is another network's business.
    const viaTransition = /64:ff9b|2002:/.test(host);
    expect(judge(`https://${host}:8443/`, { allowLoopback: true })).toBe('ok');
    expect(judge(`http://${host}:8080/`, { allowLoopback: true })).toBe(
      viaTransition ? 'url_scheme' : 'ok',
    );
  });

  it('being open opens nothing else', () => {
    const settings = { allowLoopback: true };
    expect(judge('http://example.com/', settings)).toBe('url_scheme');
    expect(judge('https://10.0.0.1/', settings)).toBe('url_address');
    expect(judge('https://0.0.0.0:8443/', settings)).toBe('url_address');
    expect(judge('https://0:8443/', settings)).toBe('url_address');
    expect(judge('https://[::]:8443/', settings)).toBe('url_address');
  });

  it('is open to names below localhost when a range holds its address', () => {
    expect(judge('https://localhost:8443/', { allow: ['127.0.0.1'] })).toBe('ok');
    expect(judge('https://localhost:8443/', { allow: ['::1'] })).toBe('ok');
    expect(judge('http://localhost:8080/', { allow: ['127.0.0.0/8'] })).toBe('url_scheme');
  });
});
