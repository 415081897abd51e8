import { expect, it } from 'vitest';
import { apiUrlOf } from './listen-address.js';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://127.0.0.1:8080'],
  ['::1', 'http://[::1]:8080'],
  ['bell.example', 'http://bell.example:8080'],
])('an API on %s is reached at %s', (host, url) => {
  expect(apiUrlOf(host, 8080)).toBe(url);
});
