import { expect, it } from 'vitest';
import { pageAfterChoice } from './page-after-choice.ts';

it.each([
  ['/deliveries', '/deliveries'],
  ['/webhooks/wh_1/edit', '/webhooks'],
  ['/events/refused', '/events'],
  ['/settings/usage', '/settings/usage'],
  ['/tenants', '/'],
  ['/story', '/'],
  ['/', '/'],
])('whoever chooses another tenant on %s goes on at %s', (from, to) => {
  expect(pageAfterChoice(from)).toBe(to);
});
