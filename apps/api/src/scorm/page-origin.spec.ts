import { describe, expect, it } from 'vitest';
import { isSameHost, originOfText } from './page-origin.js';

describe('the origin of a page', () => {
  it.each([
    ['https://lms.example.com', 'https://lms.example.com'],
    ['HTTPS://LMS.Example.com:443', 'https://lms.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://[::1]:8443', 'https://[::1]:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['capacitor://localhost', 'capacitor://localhost'],
  ])('%s is written as browsers do: %s', (text, origin) => {
    expect(originOfText(text)).toBe(origin);
  });

  it.each([
    '',
    '*',
    'null',
    'lms.example.com',
    'https://',
    'https://lms.example.com/',
    'https://lms.example.com/course',
    'https://lms.example.com?x',
    'https://user@lms.example.com',
    'https://*.example.com',
    'https://lms.example.com\\x',
    'https://lms.example.com:99999',
    'https://a b',
  ])('%j is none', (text) => {
    expect(originOfText(text)).toBeUndefined();
  });

  it('is that of the API when its host is, whatever the scheme in front of a proxy', () => {
    const hosts = ['127.0.0.1:8080', 'schoolbell.example.com', undefined];
    expect(isSameHost('https://schoolbell.example.com', hosts)).toBe(true);
    expect(isSameHost('http://127.0.0.1:8080', hosts)).toBe(true);
    expect(isSameHost('http://127.0.0.1:9090', hosts)).toBe(false);
    expect(isSameHost('null', hosts)).toBe(false);
  });
});
