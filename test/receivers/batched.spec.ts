import { generateSecret } from '@schoolbell/signing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renderFor, type WebhookPart } from './support/render-for.js';
import { sendTo } from './support/send-to.js';
import { startExample, type ReceiverOptions } from './support/start-example.js';

const secret = generateSecret();
const credentials = { username: 'docebo_webhook', password: 'secret' };

interface Case extends WebhookPart {
  file: string;
  path: string;
  options: ReceiverOptions;
}

const CASES: Case[] = [
  {
    file: 'docebo.express.mjs',
    format: 'docebo',
    path: '/webhooks/docebo',
    authentication: { type: 'basic', ...credentials },
    options: credentials,
  },
  { file: 'learnupon.node.mjs', format: 'learnupon', path: '/', options: { secret } },
  {
    file: 'adobe-alm.node.mjs',
    format: 'adobe-alm',
    path: '/',
    options: { secret, header: 'X-ALM-Signature', encoding: 'hex' },
  },
  {
    file: 'cloudevents.express.mjs',
    format: 'cloudevents',
    path: '/webhooks',
    options: { secret },
  },
];

describe('a batch', () => {
  it.each(CASES)('in $format gives $file each of its events', async (example) => {
    const { file, path, options, ...webhook } = example;
    const receiver = await startExample(file, options);
    onTestFinished(() => receiver.close());
    const request = renderFor({ secrets: { current: secret }, ...webhook }, 3);
    expect(await sendTo(receiver.origin + path, request)).toBe(200);
    expect(receiver.events).toHaveLength(3);
  });
});
