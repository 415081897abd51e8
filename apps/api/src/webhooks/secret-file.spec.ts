import type { WebhookRecord } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { secretFile } from './secret-file.js';

const ofFormat = (format: string) =>
  secretFile(
    {
      id: '019d77d5-8300-7a4e-8c21-5b7d9e3f2002',
      url: 'https://receiver.example/',
      format,
      formatSettings: {},
      publicKey: null,
      createdAt: new Date(),
    } as WebhookRecord,
    'your-webhook-secret',
  );

describe('the secret as a file', () => {
  it.each([
    ['allureconnect', 'X-AllureConnect-Signature', 'hex'],
    ['standard-webhooks', 'webhook-signature', 'base64'],
    ['xapi', null, null],
    ['scorm-cloud', null, null],
  ])('names the header that the format %s sends: %s', (format, header, encoding) => {
    expect(ofFormat(format)).toMatchObject({ header, encoding });
  });
});
