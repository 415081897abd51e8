import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderFor, TRICKY_TITLE, type WebhookPart } from './support/render-for.js';
import { sendTo } from './support/send-to.js';
import { startExample, type ExampleReceiver } from './support/start-example.js';

interface Case extends WebhookPart {
  file: string;
  path: string;
  type: 'basic' | 'form';
  read(event: any): unknown;
}

const CASES: Case[] = [
  {
    file: 'docebo.express.mjs',
    format: 'docebo',
    path: '/webhooks/docebo',
    type: 'basic',
    read: (event) => event.event === 'course.enrollment.completed' && event.course_name,
  },
  {
    file: 'scorm-cloud.express.mjs',
    format: 'scorm-cloud',
    path: '/postback',
    type: 'form',
    read: (registration) =>
      registration.registrationCompletion === 'COMPLETED' && registration.course.title,
  },
  {
    file: 'rustici-engine.node.mjs',
    format: 'scorm-cloud',
    formatSettings: { scormCloud: { envelope: 'webhook' } },
    path: '/',
    type: 'basic',
    read: (registration) => registration.score.scaled === 92 && registration.course.title,
  },
];

const CREDENTIALS = { username: 'über', password: 'p:ä&=%+ s' };

describe.each(CASES)('$file takes $format with $type', ({ file, path, type, read, ...webhook }) => {
  let receiver: ExampleReceiver;

  const send = (credentials: Partial<typeof CREDENTIALS> = {}) => {
    const authentication = { type, ...CREDENTIALS, ...credentials };
    return sendTo(receiver.origin + path, renderFor({ ...webhook, authentication }));
  };

  beforeEach(async () => {
    receiver = await startExample(file, CREDENTIALS);
  });
  afterEach(() => receiver.close());

  it('and reads it as it was meant', async () => {
    expect(await send()).toBe(200);
    expect(receiver.events.map(read)).toEqual([TRICKY_TITLE]);
  });

  it.each([{ username: 'uber' }, { password: 'another' }])('not with %j', async (credentials) => {
    expect(await send(credentials)).toBe(401);
    expect(receiver.events).toEqual([]);
  });
});
