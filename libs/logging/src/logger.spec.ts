import { describe, expect, it } from 'vitest';
import { createLogger, type Logger } from './logger.js';
import { NestLogger } from './nest-logger.js';

interface Listening {
  logger: Logger;
  lines: () => Record<string, unknown>[];
  text: () => string;
}

function listen(): Listening {
  let text = '';
  const logger = createLogger({
    level: 'trace',
    name: 'test',
    destination: { write: (line) => void (text += line) },
  });
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, text: () => text };
}

describe('the log', () => {
  it('is one JSON object per line with time, level and process', () => {
    const { logger, lines } = listen();
    logger.info({ deliveryId: 'dlv_1' }, 'delivery.attempted');
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'info',
        name: 'test',
        pid: process.pid,
        deliveryId: 'dlv_1',
        msg: 'delivery.attempted',
      },
    ]);
  });

  it.each([
    { authorization: 'hush-hush' },
    { headers: { Authorization: 'hush-hush', 'X-API-Key': 'hush-hush' } },
    { request: { headers: { cookie: 'hush-hush', 'set-cookie': ['hush-hush'] } } },
    { webhooks: [{ secrets: { current: 'hush-hush', previous: 'hush-hush' } }] },
    { webhook: { previousSecret: 'hush-hush', signing_secret: 'hush-hush' } },
    { config: { encryptionKeys: ['hush-hush'], databaseUrl: 'hush-hush', jwtSecret: 'hush-hush' } },
    { config: { egressProxy: 'hush-hush' }, webhook: { client_certificate: 'hush-hush' } },
    { clientCertificate: { certificate: 'c', key: 'hush-hush' } },
    { a: { b: { c: { d: { password: 'hush-hush' } } } } },
    { d: { d: { d: { d: { d: { d: { d: { d: { d: 'hush-hush' } } } } } } } } },
    { key: Buffer.from('hush-hush') },
  ])('never shows a secret, however deep: %j', (fields) => {
    const { logger, lines, text } = listen();
    logger.info(fields, 'x');
    logger.child(fields).info('x');
    expect(text()).not.toContain('hush');
    expect(text()).not.toContain('"data":[104');
    expect(lines()).toHaveLength(2);
  });

  it('shows what only sounds like a secret', () => {
    const { logger, lines } = listen();
    logger.info({ keyId: 'key_1', eventId: 'evt_1', idempotencyKey: 'k' }, 'x');
    expect(lines()[0]).toMatchObject({ keyId: 'key_1', eventId: 'evt_1', idempotencyKey: 'k' });
  });

  it('does not change what it was given', () => {
    const { logger } = listen();
    const fields = { headers: { authorization: 'hush' } };
    logger.info(fields, 'x');
    expect(fields.headers.authorization).toBe('hush');
  });

  it('takes secrets out of errors: their fields, their message and their stack', () => {
    const { logger, lines, text } = listen();
    const error = Object.assign(
      new Error('no route to postgres://joe:hush-hush@db/x with sbk_1234567890 or Bearer abcdefgh'),
      { headers: { authorization: 'hush-hush' }, code: 'E1' },
    );
    logger.error({ err: error }, 'failed');
    logger.error(error);
    logger.error(new Error('-----BEGIN PRIVATE KEY-----\nhush+hush/\n-----END PRIVATE KEY-----'));
    expect(text()).not.toMatch(/hush|sbk_1|abcdefgh/);
    expect(lines()[0]).toMatchObject({ err: { code: 'E1', type: 'Error' } });
  });

  it('carries what NestJS says', () => {
    const { logger, lines } = listen();
    const nest = new NestLogger(logger);
    nest.log('started', 'NestApplication');
    nest.error('broken', 'Error: broken\n  at x', 'ExceptionsHandler');
    nest.warn(new Error('odd'));
    nest.debug({ some: 'thing', password: 'hush' }, 'Here');
    expect(lines()).toMatchObject([
      { level: 'info', msg: 'started', context: 'NestApplication' },
      {
        level: 'error',
        msg: 'broken',
        context: 'ExceptionsHandler',
        stack: 'Error: broken\n  at x',
      },
      { level: 'warn', msg: 'odd', err: { message: 'odd' } },
      { level: 'debug', context: 'Here', detail: { some: 'thing', password: '[redacted]' } },
    ]);
  });
});
