import { describe, expect, it } from 'vitest';
import { isSensitiveHeader, redactHeaders } from './sensitive-headers.js';

describe('the headers in the attempt log', () => {
  it.each([
    'Authorization',
    'cookie',
    'X-Api-Key',
    'x-auth-token',
    'Ocp-Apim-Subscription-Key',
    'X-Client-Secret',
    'X-Shared-Password',
    'apikey',
    'X-Custom-Signature',
  ])('hide the value of %s', (name) => {
    expect(isSensitiveHeader(name)).toBe(true);
    expect(redactHeaders([[name, 'hunter2']])).toEqual({ [name]: '[redacted]' });
  });

  it.each([
    'Content-Type',
    'webhook-signature',
    'X-AllureConnect-Signature',
    'X-AllureConnect-Signature-Previous',
    'X-Schoolbell-Delivery',
    'X-Team',
    'X-Keyboard',
  ])('show the value of %s', (name) => {
    expect(redactHeaders([[name, 'shown']])).toEqual({ [name]: 'shown' });
  });
});
