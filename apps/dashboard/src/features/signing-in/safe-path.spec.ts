import { expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

it.each([
  ['/deliveries?status=dead#row', '/deliveries?status=dead#row'],
  ['/webhooks/wh_1?tab=log', '/webhooks/wh_1?tab=log'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (to, path) => expect(safePath(to)).toBe(path));

it.each([
  'https://elsewhere.example/',
  '//elsewhere.example/',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '\t//elsewhere.example',
  '/.//elsewhere.example',
  '/..//elsewhere.example/a',
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'deliveries',
  '',
  'http://[',
  '/sign-in?to=/sign-in',
])('after signing in, nobody is led elsewhere by %j', (to) => expect(safePath(to)).toBe('/'));
