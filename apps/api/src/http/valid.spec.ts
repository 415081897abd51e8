import { describe, expect, it } from 'vitest';
import { CreateWebhook } from '../webhooks/webhook-input.js';
import { validated } from './valid.js';

const webhook = (settings: object) =>
  validated(CreateWebhook, { url: 'https://receiver.example/', events: ['*'], ...settings });

describe('a body', () => {
  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'with a key named %s is refused rather than cut short',
    (key) => {
      for (const settings of [{ [key]: 'x' }, { metadata: { [key]: 'x' } }]) {
        expect(() => webhook(settings)).toThrow(`must not have a key named ${key}`);
      }
    },
  );

  it('keeps every other key', () => {
    const metadata = { name: 'x', length: 1, toJSON: true };
    expect(webhook({ metadata }).metadata).toEqual(metadata);
  });
});
