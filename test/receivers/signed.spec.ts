import type { RenderedRequest } from '@schoolbell/formats';
import { generateSecret } from '@schoolbell/signing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { hasPython } from './support/has-python.js';
import { renderFor, TRICKY_TITLE, type WebhookPart } from './support/render-for.js';
import { sendTo } from './support/send-to.js';
import {
  startExample,
  type ExampleReceiver,
  type ReceiverOptions,
} from './support/start-example.js';

interface Case extends WebhookPart {
  file: string;
  path?: string;
  options?: ReceiverOptions;
  /** What a receiver reads about the course from what it was given. */
  read(event: any): unknown;
  reads?: string;
}

const OWN_HEADER = { header: 'X-Signature', encoding: 'base64', prefix: 'sha256=' } as const;

const CASES: Case[] = [
  {
    file: 'allureconnect.node.mjs',
    format: 'allureconnect',
    read: (event) => event.data.course.title,
  },
  {
    file: 'standard-webhooks.node.mjs',
    format: 'standard-webhooks',
    read: (event) => event.data.course.title,
  },
  {
    file: 'svix.node.mjs',
    format: 'standard-webhooks',
    read: (event) => event.data.course.title,
  },
  {
    file: 'cloudevents.express.mjs',
    format: 'cloudevents',
    path: '/webhooks',
    read: (event) => event.data.course.title,
  },
  {
    file: 'cloudevents.express.mjs',
    format: 'cloudevents',
    formatSettings: { cloudevents: { mode: 'binary' } },
    path: '/webhooks',
    read: (event) => event.data.course.title,
  },
  {
    file: 'scorm-api.nextjs.mjs',
    format: 'scorm-api',
    read: (event) => `${event.event} of ${event.data.package_id}`,
    reads: 'session.completed of 5541',
  },
  {
    file: 'scorm-api.python.py',
    format: 'scorm-api',
    read: (event) => `${event.event} of ${event.data.package_id}`,
    reads: 'session.completed of 5541',
  },
  {
    file: 'lms-guide.express.mjs',
    format: 'absorb',
    path: '/webhooks/lms',
    read: (event) => event.userId,
    reads: '10291',
  },
  {
    file: 'lms-guide.express.mjs',
    format: 'lms-canonical',
    path: '/webhooks/lms',
    read: (event) => event.payload.course.title,
  },
  {
    file: 'lms-guide.express.mjs',
    format: 'docebo',
    path: '/webhooks/lms',
    read: (event) => event.payload.course_name,
  },
  {
    file: 'absorb.python.py',
    format: 'absorb',
    read: (event) => event.userId,
    reads: '10291',
  },
  {
    file: 'learnupon.node.mjs',
    format: 'learnupon',
    read: (entry) => entry.type === 'course_completion' && entry.courseName,
  },
  {
    file: 'adobe-alm.node.mjs',
    format: 'adobe-alm',
    options: { header: 'X-ALM-Signature', encoding: 'hex' },
    read: ({ eventName, data }) => `${eventName} of ${data.loId}`,
    reads: 'COURSE_COMPLETED of course:5541',
  },
  {
    file: 'own-header.node.mjs',
    format: 'allureconnect',
    formatSettings: { signature: OWN_HEADER },
    options: OWN_HEADER,
    read: (event) => event.data.course.title,
  },
];

/** A part of a request that makes its receiver refuse it. */
type Spoiled = Pick<RenderedRequest, 'headers' | 'body'>;

function withAnotherByte({ headers, body }: RenderedRequest): Spoiled {
  const changed = Buffer.from(body);
  const position = changed.indexOf('10291');
  changed[position] = changed[position]! ^ 1;
  return { headers, body: changed };
}

const isPython = ({ file }: Case) => file.endsWith('.py');

describe.each(CASES)('$file takes $format', (example) => {
  const { file, path = '/', options, read, reads = TRICKY_TITLE, ...webhook } = example;
  const secret = generateSecret();
  let receiver: ExampleReceiver;

  const render = (current = secret) => renderFor({ ...webhook, secrets: { current } });
  const send = (request: Spoiled) => sendTo(receiver.origin + path, request);

  beforeEach(async ({ skip }) => {
    skip(isPython(example) && !hasPython, 'There is no python3.');
    receiver = await startExample(file, { secret, ...options });
  });
  afterEach(() => receiver?.close());

  it('and reads it as it was meant', async () => {
    expect(await send(render())).toBe(200);
    await eventually(() => receiver.events.length > 0);
    expect(receiver.events.map((event) => String(read(event)))).toEqual([reads]);
  });

  it('not when a byte of the body was changed', async () => {
    expect(await send(withAnotherByte(render()))).toBe(401);
    expect(receiver.events).toEqual([]);
  });

  it('not when it was signed with another secret', async () => {
    expect(await send(render(generateSecret()))).toBe(401);
    expect(receiver.events).toEqual([]);
  });
});
