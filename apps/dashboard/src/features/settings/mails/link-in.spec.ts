import { expect, it } from 'vitest';
import { linkIn } from './link-in.ts';

it.each([
  ['Open it:\n\n   /invitation#token=7Vb2\n\nOnce.', 'http://here/invitation#token=7Vb2'],
  [
    '   https://bell.example.com/password-reset#token=7Vb2\n',
    'https://bell.example.com/password-reset#token=7Vb2',
  ],
  [
    '   https://bell.example.com/base/invitation#token=7Vb2\n',
    'https://bell.example.com/base/invitation#token=7Vb2',
  ],
])('the page of e-mails finds the link of each', (text, link) =>
  expect(linkIn(text, 'http://here')).toBe(link),
);

it.each([null, '', 'Nothing here', '[Only the recipient gets the link.]'])(
  'the page of e-mails finds no link in %j',
  (text) => expect(linkIn(text, 'http://here')).toBeUndefined(),
);
