import { expect, it } from 'vitest';
import { exampleSettings, headOf } from './example-request.ts';

it('a request is shown as it goes over the wire', () => {
  const head = headOf({
    type: 'session.completed',
    format: 'xapi',
    url: 'https://lrs.example/xapi/statements?a=b',
    headers: { 'Content-Type': 'application/json', 'X-Schoolbell-Attempt': '1' },
    body: '{}',
    unsent: null,
    filterError: null,
  });
  expect(head).toBe(
    'POST /xapi/statements?a=b HTTP/1.1\nHost: lrs.example\nContent-Type: application/json\nX-Schoolbell-Attempt: 1',
  );
});

it('formats that sign nothing have credentials, and the custom one a template', () => {
  expect(exampleSettings('xapi', 'session.completed')).toMatchObject({
    authentication: { type: 'basic' },
  });
  expect(exampleSettings('xapi', 'session.completed')).not.toHaveProperty('secret');
  expect(exampleSettings('custom', 'session.completed')).toHaveProperty('template');
  expect(exampleSettings('absorb', 'session.completed')).toHaveProperty('secret');
});
