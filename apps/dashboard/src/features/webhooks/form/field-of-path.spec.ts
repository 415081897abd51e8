import { expect, it } from 'vitest';
import { fieldOfPath } from './field-of-path.ts';
import { NEW_WEBHOOK } from './webhook-values.ts';

const values = {
  ...NEW_WEBHOOK,
  headers: [
    { name: 'X-Env', value: '' },
    { name: 'Host', value: 'x' },
  ],
};

it.each([
  ['url', 'url'],
  ['events[3]', 'events'],
  ['scopes.packageIds[0]', 'packageIds'],
  ['retrySchedule[2]', 'retrySchedule'],
  ['authentication.tokenUrl', 'authentication.tokenUrl'],
  ['delivery.maxEvents', 'delivery.maxEvents'],
  ['headers.host', 'headers.1.value'],
  ['docebo.webhookId', 'docebo.webhookId'],
  ['clientCertificate.key', 'clientCertificate.key'],
])('a fault of the API at %s stands at its field', (path, field) => {
  expect(fieldOfPath(path, values)).toBe(field);
});

it('a fault without a field of its own is told beside the form', () => {
  expect(fieldOfPath('headers.X-Other', values)).toBeUndefined();
  expect(fieldOfPath('status', values)).toBeUndefined();
});
